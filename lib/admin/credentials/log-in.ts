import type { SaslOptions } from '../port';
import { parseJaas } from './jaas';
import { clientCredentialsToken } from './oauth-token';
import type { Problems } from './problems';

export interface LogInContext {
  readonly bootstrapServers: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** How to log in with IAM. */
  readonly iam: (region: string) => SaslOptions;
  readonly problems: Problems;
}

const MSK_HOST = /\.kafka(?:-serverless)?\.([a-z0-9-]+)\.amazonaws\.com/;
const ALLOWED = 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER and AWS_MSK_IAM are allowed';

/** How the client says who it is; undefined where that cannot be told, which is a problem then. */
export function saslOf(properties: ReadonlyMap<string, string>, context: LogInContext): SaslOptions | undefined {
  const { problems } = context;
  const mechanism = properties.get('sasl.mechanism') ?? 'GSSAPI';
  const jaas = parseJaas(properties.get('sasl.jaas.config') ?? '');
  if (mechanism === 'AWS_MSK_IAM' || (mechanism === 'OAUTHBEARER' && isIamHandler(properties)))
    return iamLogIn(jaas?.options ?? new Map(), context);
  const need = (name: string): string => {
    const value = jaas?.options.get(name);
    if (value !== undefined) return value;
    problems.add({
      name: 'sasl.jaas.config',
      got: jaas === undefined ? 'none that can be read' : `no ${name}`,
      allowed: `${name} is needed`,
      hint: `Write it as module required ${name}="…"; with a semicolon at its end.`,
    });
    return '';
  };
  switch (mechanism) {
    case 'PLAIN':
    case 'SCRAM-SHA-256':
    case 'SCRAM-SHA-512':
      return { mechanism, username: need('username'), password: need('password') };
    case 'OAUTHBEARER':
      return tokenLogIn(properties, need, jaas?.options.get('scope'), problems);
    case 'GSSAPI':
      problems.add({
        name: 'sasl.mechanism',
        got: properties.has('sasl.mechanism') ? mechanism : `none, which is ${mechanism} to Kafka`,
        allowed: ALLOWED,
        hint: 'Kerberos is not spoken here; use a listener with SCRAM or certificates.',
      });
      return undefined;
    default:
      problems.add({ name: 'sasl.mechanism', got: mechanism, allowed: ALLOWED });
      return undefined;
  }
}

function tokenLogIn(
  properties: ReadonlyMap<string, string>,
  need: (name: string) => string,
  jaasScope: string | undefined,
  problems: Problems,
): SaslOptions {
  const url = properties.get('sasl.oauthbearer.token.endpoint.url') ?? '';
  if (!/^https?:\/\//.test(url))
    problems.add({
      name: 'sasl.oauthbearer.token.endpoint.url',
      got: url === '' ? 'none' : url,
      allowed: 'the http or https address of a token endpoint is needed',
    });
  const scope = properties.get('sasl.oauthbearer.scope') ?? jaasScope;
  const request = {
    url,
    clientId: properties.get('sasl.oauthbearer.client.credentials.client.id') ?? need('clientId'),
    clientSecret: properties.get('sasl.oauthbearer.client.credentials.client.secret') ?? need('clientSecret'),
    header: properties.get('sasl.oauthbearer.header.urlencode') === 'true' ? 'encoded' : 'plain',
    ...(scope === undefined ? {} : { scope }),
  } as const;
  return { mechanism: 'OAUTHBEARER', token: () => clientCredentialsToken(request) };
}

/** Amazon's OAUTHBEARER handler, for clients that have no mechanism of its own. */
function isIamHandler(properties: ReadonlyMap<string, string>): boolean {
  return (properties.get('sasl.login.callback.handler.class') ?? '').includes('msk.auth.iam');
}

function iamLogIn(jaas: ReadonlyMap<string, string>, context: LogInContext): SaslOptions | undefined {
  const { bootstrapServers, variables, problems } = context;
  const profile = jaas.get('awsProfileName');
  for (const [name, value] of jaas) {
    if (
      !name.startsWith('aws') ||
      name === 'awsDebugCreds' ||
      (name === 'awsProfileName' && variables['AWS_PROFILE'] === value)
    )
      continue;
    problems.add({
      name: `sasl.jaas.config ${name}`,
      got: value,
      allowed: 'the credentials are those of the environment',
      hint:
        name === 'awsProfileName'
          ? `Set AWS_PROFILE=${profile}.`
          : 'Name the role in a profile, and set AWS_PROFILE to that.',
    });
  }
  const region =
    MSK_HOST.exec(bootstrapServers.join(','))?.[1] ?? variables['AWS_REGION'] ?? variables['AWS_DEFAULT_REGION'] ?? '';
  if (region !== '') return context.iam(region);
  problems.add({
    name: 'region of Amazon MSK',
    got: 'none',
    allowed: 'bootstrap servers of MSK, or AWS_REGION, tell it',
  });
  return undefined;
}
