import { Failure } from '../../core/issue';
import type { DesiredState } from '../../core/plan';
import { mskIamLogIn } from '../adapters/aws/msk-iam-token';
import { awsSecrets } from '../adapters/aws/secrets';
import { connectAdmin } from '../adapters/platformatic';
import type { ConnectOptions } from '../port';
import type { ReconcilePorts } from '../reconcile';
import type { SecretStore } from '../secrets';
import { logInTrier } from '../users';
import { retry } from '../wait';
import type { ReconcilerProperties } from './reconciler-properties';

/** Brokers of a cluster that was just made answer a little later than the service says so. */
const PATIENCE_MS = 120_000;
/** The environment says which secret; these are the keys of the administrator's own. */
const ADMIN = 'administrator';

/** Connects as the function's own identity, runs `action` and disconnects. */
export async function withPorts<T>(
  properties: ReconcilerProperties,
  desired: DesiredState,
  action: (ports: ReconcilePorts) => Promise<T>,
): Promise<T> {
  const { Region: region, AdminSecretArn } = properties;
  const secrets = awsSecrets({
    region,
    ids: { ...secretIds(properties), ...(AdminSecretArn === undefined ? {} : { [ADMIN]: AdminSecretArn }) },
  });
  try {
    const options = await connectOptions(properties, secrets);
    const admin = await retry(() => connectAdmin(options), { deadlineMs: PATIENCE_MS });
    try {
      return await action({ admin, secrets, ...logIns(desired, options) });
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
  const { Authentication, BootstrapServers, CertificateAuthority, Region: region } = properties;
  const bootstrapServers = BootstrapServers.split(',');
  const ca = CertificateAuthority === undefined ? {} : { ca: CertificateAuthority };
  const key = (name: string): Promise<string> => secrets.read({ secret: ADMIN, key: name });
  switch (Authentication) {
    case 'iam':
      return { bootstrapServers, tls: ca, sasl: mskIamLogIn({ region }) };
    case 'scram-sha-512':
      return {
        bootstrapServers,
        tls: ca,
        sasl: { mechanism: 'SCRAM-SHA-512', username: await key('username'), password: await key('password') },
      };
    case 'mtls':
      return { bootstrapServers, tls: { ...ca, certificate: await key('certificate'), key: await key('key') } };
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

/** Users of a cluster whose SCRAM listener is the one that the function itself uses. */
function logIns(desired: DesiredState, options: ConnectOptions): Pick<ReconcilePorts, 'tryLogIn'> {
  if (desired.users === undefined || options.sasl === undefined || options.sasl.mechanism === 'OAUTHBEARER') return {};
  const { bootstrapServers, tls } = options;
  const { mechanism } = desired.users;
  return {
    tryLogIn: logInTrier({ connect: connectAdmin, bootstrapServers, mechanism, ...(tls === undefined ? {} : { tls }) }),
  };
}
