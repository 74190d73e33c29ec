import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { principalIdentity } from '../../lib/core/config';
import {
  authoritySecret,
  iamRoleArn,
  secretName,
  userCertificateName,
  type EnvironmentModel,
  type ListenerModel,
  type PrincipalModel,
  type SecretReference,
} from '../../lib/core/model';

interface SecretRef {
  readonly parameter: string;
  readonly name: string;
  readonly key: string;
}

/** KEDA speaks as a client of 1.0 unless it is told otherwise, and Kafka 4 knows none before 2.1 (KIP-896). */
const SCALER_PROTOCOL = '2.1.0';

/** As whom a client logs in. */
export interface ClientLogin {
  /** Absent where the listener asks nobody. */
  readonly secret?: SecretReference;
  /** Secret with the certificate, for mTLS. */
  readonly certificate?: string;
  /** Role to take on, for IAM. */
  readonly roleArn?: string;
}

/** As whom KEDA asks for a lag: as those whose lag it is, who may look at their own group and topics. */
export interface KedaClient extends ClientLogin {
  readonly listener: ListenerModel;
  /** Container that has the variable with the name of the user. */
  readonly container: string;
  readonly userVariable: string;
}

export interface KedaLogin {
  readonly metadata: Readonly<Record<string, string>>;
  readonly authentication: {
    readonly env: readonly { readonly parameter: string; readonly name: string; readonly containerName: string }[];
    readonly secretTargetRef: readonly SecretRef[];
    readonly podIdentity?: Readonly<Record<string, string>>;
  };
}

export interface LagOptions {
  readonly serversVariable: string;
  readonly group: string;
  /** Absent: all topics of the group. */
  readonly topic?: string | undefined;
  /** Records for each pod. */
  readonly lag: number;
  readonly offsetReset: 'earliest' | 'latest';
  readonly login: KedaLogin;
}

export interface Trigger {
  readonly type: string;
  readonly metricType?: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly authenticationRef?: { readonly name: string };
}

export function lagTrigger({ serversVariable, group, topic, lag, offsetReset, login }: LagOptions): Trigger {
  return {
    type: 'kafka',
    metadata: {
      bootstrapServersFromEnv: serversVariable,
      consumerGroup: group,
      ...(topic === undefined ? {} : { topic }),
      lagThreshold: String(lag),
      version: SCALER_PROTOCOL,
      offsetResetPolicy: offsetReset,
      ...login.metadata,
    },
  };
}

export function cpuTrigger(percent: number): Trigger {
  return { type: 'cpu', metricType: 'Utilization', metadata: { value: String(percent) } };
}

/** What the triggers of a ScaledObject log in by; undefined where there is nothing to say. */
export function addTriggerAuthentication(
  scope: Construct,
  metadata: { readonly name: string; readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
  { authentication }: KedaLogin,
): { readonly authenticationRef: { readonly name: string } } | undefined {
  const parts = Object.entries(authentication).filter(([, part]) => !Array.isArray(part) || part.length > 0);
  if (parts.length === 0) return undefined;
  new ApiObject(scope, `TriggerAuthentication-${metadata.name}`, {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata,
    spec: Object.fromEntries(parts),
  });
  return { authenticationRef: { name: metadata.name } };
}

/** That of a declared principal. */
export function principalLogin(model: EnvironmentModel, principal: PrincipalModel): ClientLogin {
  const role = model.spec.principals?.[principal.name]?.iamRole;
  return {
    secret: principalIdentity(principal).secret,
    certificate: userCertificateName(model, principal.name),
    ...(role === undefined ? {} : { roleArn: iamRoleArn(model, role) }),
  };
}

/** How KEDA logs in: its own words for what `client.properties` says. */
export function kedaLogin(model: EnvironmentModel, client: KedaClient): KedaLogin {
  const { listener, secret, certificate, roleArn } = client;
  const tls = listener.protocol.endsWith('SSL');
  const reference = (parameter: string, name: string, key: string): SecretRef => ({ parameter, name, key });
  const authority = authoritySecret(model);
  const ca = tls && authority !== undefined ? [reference('ca', authority, 'ca.crt')] : [];
  const metadata: Record<string, string> = tls ? { tls: 'enable' } : {};
  const user = { parameter: 'username', name: client.userVariable, containerName: client.container };
  const plain: KedaLogin = { metadata, authentication: { env: [], secretTargetRef: ca } };
  if (secret === undefined) return plain;
  const password = reference('password', secretName(model, secret.secret), secret.key);
  switch (listener.authentication) {
    case 'scram-sha-512':
      return {
        metadata: { sasl: 'scram_sha512', ...metadata },
        authentication: { env: [user], secretTargetRef: [password, ...ca] },
      };
    case 'mtls':
      return {
        metadata,
        authentication: {
          env: [],
          secretTargetRef: [
            reference('ca', certificate!, 'ca.crt'),
            reference('cert', certificate!, 'tls.crt'),
            reference('key', certificate!, 'tls.key'),
          ],
        },
      };
    case 'oauthbearer': {
      const known = model.brokerConfig.get('sasl.oauthbearer.token.endpoint.url')?.value;
      return {
        metadata: {
          sasl: 'oauthbearer',
          ...(known === undefined ? {} : { oauthTokenEndpointUri: known }),
          ...metadata,
        },
        authentication: {
          env: [user],
          secretTargetRef: [
            password,
            ...(known === undefined
              ? [reference('oauthTokenEndpointUri', secretName(model, secret.secret), 'token-endpoint-url')]
              : []),
            ...ca,
          ],
        },
      };
    }
    case 'iam':
      return {
        metadata: {
          sasl: 'oauthbearer',
          saslTokenProvider: 'aws_msk_iam',
          awsRegion: model.spec.aws?.region ?? '',
          ...metadata,
        },
        authentication: {
          env: [],
          secretTargetRef: ca,
          podIdentity: { provider: 'aws', ...(roleArn === undefined ? {} : { roleArn }) },
        },
      };
    default:
      return plain;
  }
}
