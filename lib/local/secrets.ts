import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NODE_SECRETS } from '../core/config';
import { Failure } from '../core/issue';
import type { EnvironmentModel, SecretReference } from '../core/model';
import { localSecretsDir } from './node-folder';
import { writeWhole } from './node-files';

/** 192 bits, in letters that need no quotes anywhere. */
const PASSWORD_BYTES = 24;

/**
 * Makes every password that an environment needs on this machine and does not have: those of its users, its nodes and its administrator.
 * What is there is kept, so that clients need no new settings. A secret that the environment keeps in a folder of files is copied from
 * there, and again when it changes.
 */
export function makeSecrets(model: EnvironmentModel, root: string): void {
  const wanted = secretsOf(model);
  if (wanted.length === 0) return;
  const folder = localSecretsDir(root);
  if (/[:}]/.test(folder)) throw notAFolder(folder);
  for (const reference of wanted) {
    const { secret, key } = reference;
    if (/[/\\]|^\.\.?$/.test(key)) throw notAFile(reference);
    const path = join(folder, secret, key);
    const given = givenValue(model, reference);
    const kept = read(path);
    if (given === undefined ? kept !== undefined && kept !== '' : kept === given) continue;
    for (const own of [folder, join(folder, secret)]) {
      mkdirSync(own, { recursive: true, mode: 0o700 });
      chmodSync(own, 0o700);
    }
    writeWhole(path, given ?? randomBytes(PASSWORD_BYTES).toString('base64url'), 0o600);
  }
}

/** Of nodes and administrator where they have no certificates, and of every user with a password. */
function secretsOf(model: EnvironmentModel): SecretReference[] {
  const { nodes, admin, key } = NODE_SECRETS;
  const withPassword = new Set(
    model.listeners.filter(({ authentication }) => authentication === 'scram-sha-512').map(({ name }) => name),
  );
  return [
    ...(model.internalListeners?.replication.authentication === 'plain'
      ? [
          { secret: nodes, key },
          { secret: admin, key },
        ]
      : []),
    ...model.principals.flatMap(({ listener, users }) =>
      withPassword.has(listener) ? users.map(({ secret }) => secret) : [],
    ),
  ];
}

/** The value in the folder that the environment names for a secret, where it is there. Files end in a line break that is no part of it. */
function givenValue(model: EnvironmentModel, { secret, key }: SecretReference): string | undefined {
  const declared = model.spec.secrets?.[secret];
  if (declared === undefined || (declared.provider ?? 'file') !== 'file') return undefined;
  const folder = resolve(declared.id);
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
    ? read(join(folder, key))?.replace(/\r?\n$/, '')
    : undefined;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function notAFolder(folder: string): Failure {
  return new Failure(
    'SECRETS-FOLDER',
    `Kafka cannot be told of secrets in this folder, got ${folder}; a path without colons and braces is allowed.`,
    'Work in another folder.',
  );
}

function notAFile({ secret, key }: SecretReference): Failure {
  return new Failure(
    'SECRET-KEY',
    `the key of a secret is no name of a file, got ${JSON.stringify(key)} of ${secret}; on this machine a secret is a folder with one file a key.`,
    'Choose a key without slashes.',
  );
}
