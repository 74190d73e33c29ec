import { Failure } from '../../core/issue';
import type { DesiredState } from '../../core/plan';
import { mskIamLogIn } from '../adapters/aws/msk-iam-token';
import { awsSecrets } from '../adapters/aws/secrets';
import { connectAdmin } from '../adapters/platformatic';
import type { ConnectOptions, TlsOptions } from '../port';
import type { ReconcilePorts } from '../reconcile';
import type { SecretStore } from '../secrets';
import { logInTrier } from '../users';
import { retry } from '../wait';
import type { ReconcilerProperties } from './reconciler-properties';

const PATIENCE_MS = 120_000;
/** The environment says which secret; these are the keys of the administrator's own. */
const ADMIN = 'administrator';

/** How long, and for what, the cluster is asked again until it lets the function in. */
export interface Waiting {
  /** @default two minutes: brokers of a cluster that was just made answer a little later than the service says so */
  readonly patienceMs?: number;
  readonly again?: (error: unknown) => boolean;
}

/** Connects as the function's own identity or as the administrator, runs `action` and disconnects. */
export async function withPorts<T>(
  properties: ReconcilerProperties,
  desired: Pick<DesiredState, 'users'>,
  { patienceMs = PATIENCE_MS, again }: Waiting,
  action: (ports: ReconcilePorts) => Promise<T>,
): Promise<T> {
  const { Region: region, AdminSecretArn } = properties;
  const secrets = awsSecrets({
    region,
    ids: { ...secretIds(properties), ...(AdminSecretArn === undefined ? {} : { [ADMIN]: AdminSecretArn }) },
  });
  try {
    const { admin, options } = await retry(
      async () => {
        const found = await connectOptions(properties, secrets);
        return { options: found, admin: await connectAdmin(found) };
      },
      { deadlineMs: patienceMs, ...(again === undefined ? {} : { again }) },
    );
    try {
      return await action({ admin, secrets, ...logIns(desired, properties, options) });
    } finally {
      await admin.close();
    }
  } finally {
    secrets.close();
  }
}

function secretIds({ Secrets }: ReconcilerProperties): Record<string, string> {
  return Secrets === undefined ? {} : (JSON.parse(Secrets) as Record<string, string>);
}

async function connectOptions(properties: ReconcilerProperties, secrets: SecretStore): Promise<ConnectOptions> {
  const { Authentication, BootstrapServers, Region: region } = properties;
  const bootstrapServers = BootstrapServers.split(',');
  const key = (name: string): Promise<string> => secrets.read({ secret: ADMIN, key: name });
  switch (Authentication) {
    case 'iam':
      return { bootstrapServers, tls: {}, sasl: mskIamLogIn({ region }) };
    case 'scram-sha-512':
      return {
        bootstrapServers,
        tls: await authority(secrets),
        sasl: { mechanism: 'SCRAM-SHA-512', username: await key('username'), password: await key('password') },
      };
    case 'mtls':
      return {
        bootstrapServers,
        tls: { ...(await authority(secrets)), certificate: await key('certificate'), key: await key('key') },
      };
    case 'none':
      // Plain text is for brokers that the function reaches without leaving a machine: tests, above all.
      return { bootstrapServers };
    default:
      throw new Failure(
        'AUTHENTICATION-UNSUPPORTED',
        `not a way to log in, got ${String(Authentication)}; iam, scram-sha-512, mtls and none are allowed.`,
        'Correct the property Authentication.',
        2,
      );
  }
}

/** The authority of the cluster's own that the secret of the administrator names, if it names one. */
async function authority(secrets: SecretStore): Promise<Pick<TlsOptions, 'ca'>> {
  try {
    return { ca: await secrets.read({ secret: ADMIN, key: 'ca.crt' }) };
  } catch (error) {
    if (error instanceof Failure && error.code === 'SECRET-MISSING') return {};
    throw error;
  }
}

/** Users of a cluster whose SCRAM listener is named, or is the one that the function itself uses. */
function logIns(
  desired: Pick<DesiredState, 'users'>,
  { LogInServers }: ReconcilerProperties,
  { bootstrapServers, tls, sasl }: ConnectOptions,
): Pick<ReconcilePorts, 'tryLogIn'> {
  if (desired.users === undefined) return {};
  const own = sasl !== undefined && sasl.mechanism !== 'OAUTHBEARER';
  if (LogInServers === undefined && !own) return {};
  // The certificate is the administrator's own, and users have none.
  const trusted = tls?.ca === undefined ? {} : { ca: tls.ca };
  return {
    tryLogIn: logInTrier({
      connect: connectAdmin,
      bootstrapServers: LogInServers?.split(',') ?? bootstrapServers,
      mechanism: desired.users.mechanism,
      ...(tls === undefined ? {} : { tls: trusted }),
    }),
  };
}
