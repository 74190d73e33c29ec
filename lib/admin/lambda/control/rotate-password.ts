import { Failure } from '../../../core/issue';
import { SecretVersions } from '../../adapters/aws/secret-versions';
import { log } from '../log';

/** What Secrets Manager asks of a function that rotates. Source: AWS Secrets Manager user guide, Lambda rotation functions. */
export interface RotationEvent {
  readonly Step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';
  readonly SecretId: string;
  /** Id of the version that is to be next. */
  readonly ClientRequestToken: string;
}

const PASSWORD_LENGTH = 32;

export const isRotation = (event: object): event is RotationEvent => 'Step' in event && 'ClientRequestToken' in event;

/**
 * A step of changing the password of a user. Amazon MSK reads the current version of the secret by itself, within ten minutes of its
 * change, so nothing is set at the cluster. Secrets Manager repeats steps; each does its work once.
 */
export async function rotatePassword({ Step, SecretId, ClientRequestToken: version }: RotationEvent): Promise<void> {
  log(`${Step} ${SecretId} ${version}`);
  const secret = new SecretVersions(SecretId);
  try {
    const { rotates, stages } = await secret.describe();
    const own = stages[version];
    if (!rotates || own === undefined) {
      throw refused(
        `the version is not one that is to be next, got ${version} of a secret ${rotates ? 'without it' : 'that does not rotate'}`,
      );
    }
    if (own.includes('AWSCURRENT')) return;
    if (!own.includes('AWSPENDING')) throw refused(`the version is not pending, got ${version} with ${own.join(', ')}`);
    switch (Step) {
      case 'createSecret':
        return await create(secret, version);
      case 'setSecret':
        return;
      case 'testSecret':
        return void userOf(await secret.read('AWSPENDING', version));
      case 'finishSecret': {
        const [before] = Object.entries(stages).find(([, names]) => names.includes('AWSCURRENT')) ?? [];
        return await secret.makeCurrent(version, before);
      }
    }
  } finally {
    secret.close();
  }
}

async function create(secret: SecretVersions, version: string): Promise<void> {
  if ((await secret.read('AWSPENDING', version)) !== undefined) return;
  const username = userOf(await secret.read('AWSCURRENT'));
  const password = await secret.randomPassword(PASSWORD_LENGTH);
  await secret.writePending(version, JSON.stringify({ username, password }));
}

/** The user of a secret that Amazon MSK can read. What is in it is never told. */
function userOf(text: string | undefined): string {
  try {
    const { username, password } = JSON.parse(text ?? '') as Record<string, unknown>;
    if (typeof username === 'string' && typeof password === 'string' && username !== '' && password !== '')
      return username;
  } catch {
    // Told below, without the text.
  }
  throw refused('the secret is not one of a user, got something else than username and password');
}

function refused(what: string): Failure {
  return new Failure(
    'ROTATION-REFUSED',
    `${what}; a pending version of a secret with username and password is needed.`,
    'Start the rotation again.',
  );
}
