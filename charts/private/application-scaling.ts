import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { principalIdentity } from '../../lib/core/config';
import {
  applicationGroup,
  applicationName,
  applicationReads,
  authoritySecret,
  hasStableNames,
  iamRoleArn,
  secretName,
  userCertificateName,
  type ApplicationModel,
  type EnvironmentModel,
} from '../../lib/core/model';
import { applicationListener } from './application-pods';
import { applicationLabels } from './labels';

interface SecretRef {
  readonly parameter: string;
  readonly name: string;
  readonly key: string;
}

/** KEDA speaks as a client of 1.0 unless it is told otherwise, and Kafka 4 knows none before 2.1 (KIP-896). */
const SCALER_PROTOCOL = '2.1.0';

/** Calm for as long before pods go: every change moves partitions. */
function behavior(cooldownSeconds: number): { scaleDown: { stabilizationWindowSeconds: number } } {
  return { scaleDown: { stabilizationWindowSeconds: cooldownSeconds } };
}

/** What sets the number of pods: KEDA where the environment says that it is there, else Kubernetes itself. */
export function addApplicationScaling(scope: Construct, model: EnvironmentModel, application: ApplicationModel): void {
  if (application.autoscaling === undefined) return;
  if (model.spec.targets!.kubernetes!.autoscaling?.by === 'keda') addScaledObject(scope, model, application);
  else addHorizontalPodAutoscaler(scope, model, application);
}

function addHorizontalPodAutoscaler(scope: Construct, model: EnvironmentModel, application: ApplicationModel): void {
  const { minReplicas, maxReplicas, lag, cpu, cooldownSeconds } = application.autoscaling!;
  const { namespace, autoscaling = {} } = model.spec.targets!.kubernetes!;
  const { lagMetric = 'kafka_consumergroup_lag', groupLabel = 'consumergroup' } = autoscaling;
  const name = applicationName(model, application.name);
  const metrics: k8s.MetricSpecV2[] = [
    ...(lag === undefined
      ? []
      : [
          {
            type: 'External',
            external: {
              metric: {
                name: lagMetric,
                selector: { matchLabels: { [groupLabel]: applicationGroup(application)! } },
              },
              target: { type: 'AverageValue', averageValue: k8s.Quantity.fromString(String(lag)) },
            },
          },
        ]),
    ...(cpu === undefined
      ? []
      : [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: Math.round(cpu * 100) } },
          },
        ]),
  ];
  new k8s.KubeHorizontalPodAutoscalerV2(scope, `HorizontalPodAutoscaler-${name}`, {
    metadata: { name, namespace, labels: applicationLabels(model, application) },
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: hasStableNames(application) ? 'StatefulSet' : 'Deployment',
        name,
      },
      minReplicas,
      maxReplicas,
      metrics,
      behavior: behavior(cooldownSeconds),
    },
  });
}

/** KEDA logs in as the application itself, which may look at its own group and topics. */
function addScaledObject(scope: Construct, model: EnvironmentModel, application: ApplicationModel): void {
  const { minReplicas, maxReplicas, lag, cpu, cooldownSeconds } = application.autoscaling!;
  const { namespace } = model.spec.targets!.kubernetes!;
  const name = applicationName(model, application.name);
  const metadata = { name, namespace, labels: applicationLabels(model, application) };
  const login = lag === undefined ? undefined : kedaLogin(model, application);
  const authentication = Object.values(login?.authentication ?? {}).some(
    (part) => !Array.isArray(part) || part.length > 0,
  );
  if (authentication)
    new ApiObject(scope, `TriggerAuthentication-${name}`, {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'TriggerAuthentication',
      metadata,
      spec: Object.fromEntries(
        Object.entries(login!.authentication).filter(([, part]) => !Array.isArray(part) || part.length > 0),
      ),
    });
  new ApiObject(scope, `ScaledObject-${name}`, {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata,
    spec: {
      scaleTargetRef: {
        ...(hasStableNames(application) ? { kind: 'StatefulSet' } : {}),
        name,
        envSourceContainerName: 'application',
      },
      minReplicaCount: minReplicas,
      maxReplicaCount: maxReplicas,
      cooldownPeriod: cooldownSeconds,
      advanced: { horizontalPodAutoscalerConfig: { behavior: behavior(cooldownSeconds) } },
      triggers: [
        ...(lag === undefined ? [] : lagTriggers(application, lag, login!.metadata)).map((trigger) => ({
          ...trigger,
          ...(authentication ? { authenticationRef: { name } } : {}),
        })),
        ...(cpu === undefined
          ? []
          : [{ type: 'cpu', metricType: 'Utilization', metadata: { value: String(Math.round(cpu * 100)) } }]),
      ],
    },
  });
}

/** One for each topic; a prefix has no name to ask for, so all topics of the group are asked for at once. */
function lagTriggers(
  application: ApplicationModel,
  lag: number,
  login: Record<string, string>,
): { type: string; metadata: Record<string, string> }[] {
  const topics = applicationReads(application);
  const exact = topics.every((topic) => !topic.endsWith('*'));
  const { consume, streams } = application;
  const reset = (consume?.config ?? {})['auto.offset.reset'] ?? (streams === undefined ? 'latest' : 'earliest');
  return (exact ? topics : [undefined]).map((topic) => ({
    type: 'kafka',
    metadata: {
      bootstrapServersFromEnv: 'KAFKA_BOOTSTRAP_SERVERS',
      consumerGroup: applicationGroup(application)!,
      ...(topic === undefined ? {} : { topic }),
      lagThreshold: String(lag),
      version: SCALER_PROTOCOL,
      offsetResetPolicy: reset === 'earliest' ? 'earliest' : 'latest',
      ...login,
    },
  }));
}

interface KedaLogin {
  readonly metadata: Record<string, string>;
  readonly authentication: {
    readonly env: readonly { readonly parameter: string; readonly name: string; readonly containerName: string }[];
    readonly secretTargetRef: readonly SecretRef[];
    readonly podIdentity?: Readonly<Record<string, string>>;
  };
}

/** How KEDA logs in: its own words for what `client.properties` says. */
function kedaLogin(model: EnvironmentModel, application: ApplicationModel): KedaLogin {
  const { authentication, protocol } = applicationListener(model, application);
  const principal = model.principals.find(({ name }) => name === application.principal);
  const tls = protocol.endsWith('SSL');
  const reference = (parameter: string, name: string, key: string): SecretRef => ({ parameter, name, key });
  const authority = authoritySecret(model);
  const ca = tls && authority !== undefined ? [reference('ca', authority, 'ca.crt')] : [];
  const metadata: Record<string, string> = tls ? { tls: 'enable' } : {};
  const user = { parameter: 'username', name: 'KAFKA_SASL_USERNAME', containerName: 'application' };
  const plain: KedaLogin = { metadata, authentication: { env: [], secretTargetRef: ca } };
  if (principal === undefined) return plain;
  const { secret } = principalIdentity(principal);
  const password = reference('password', secretName(model, secret.secret), secret.key);
  switch (authentication) {
    case 'scram-sha-512':
      return {
        metadata: { sasl: 'scram_sha512', ...metadata },
        authentication: {
          env: [user],
          secretTargetRef: [password, ...ca],
        },
      };
    case 'mtls': {
      const certificate = userCertificateName(model, principal.name);
      return {
        metadata,
        authentication: {
          env: [],
          secretTargetRef: [
            reference('ca', certificate, 'ca.crt'),
            reference('cert', certificate, 'tls.crt'),
            reference('key', certificate, 'tls.key'),
          ],
        },
      };
    }
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
    case 'iam': {
      const { iamRole } = model.spec.principals![principal.name]!;
      const roleArn = iamRole === undefined ? undefined : iamRoleArn(model, iamRole);
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
    }
    default:
      return plain;
  }
}
