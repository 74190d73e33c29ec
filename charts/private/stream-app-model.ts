import { Failure } from '../../lib/core/issue';
import type { EnvironmentModel } from '../../lib/core/model';
import type { StreamAppChartProps, StreamAppElsewhereProps } from '../stream-app-props';
import { StreamAppScaler, type StreamAppScaling } from '../stream-app-scaling';
import { modelOfProperties, requireOneOf } from './environment-model';
import { workSpec } from './stream-app-spec';

interface Names {
  readonly appName: string;
  /** Path of the chart. */
  readonly chart: string;
}

type Spec = Record<string, unknown>;

/** Name of the environment of pods whose brokers are elsewhere. */
const PODS = 'pods';

/** The properties of an application, written as an environment of its cluster and read, resolved and checked like any other. */
export function streamAppModel(props: StreamAppChartProps, names: Names): EnvironmentModel {
  const { cluster, elsewhere } = props;
  requireOneOf(names.chart, props);
  if (elsewhere !== undefined) return modelElsewhere(props, elsewhere, names);
  const spec = cluster!._spec;
  const { kubernetes } = spec.targets as { kubernetes: object };
  return modelOfProperties(
    {
      ...spec,
      ...applicationSpec(props, spec, names),
      targets: { kubernetes: { ...kubernetes, ...scalerSpec(props.autoscaling) } },
    },
    names.chart,
  );
}

function modelElsewhere(
  props: StreamAppChartProps,
  { brokers, namespace, kubernetesVersion, imagePullSecrets }: StreamAppElsewhereProps,
  names: Names,
): EnvironmentModel {
  const { lag, scaler } = props.autoscaling ?? {};
  if (lag !== undefined && scaler === StreamAppScaler.KEDA && !brokers._regionIsKnown()) {
    throw new Failure(
      'CHART-PROPERTIES',
      `${names.chart}: KEDA logs in to Amazon MSK in a region, got brokers without one; a region is needed.`,
      'Add region to KafkaBrokers.mskIam.',
    );
  }
  const spec = brokers._spec();
  return modelOfProperties(
    {
      name: PODS,
      target: 'kubernetes',
      brokers: { environment: './brokers.yaml', ...brokers._access() },
      targets: {
        kubernetes: {
          version: kubernetesVersion,
          namespace,
          images: { kafka: props.image, ...(imagePullSecrets === undefined ? {} : { pullSecrets: imagePullSecrets }) },
          ...scalerSpec(props.autoscaling),
        },
      },
    },
    names.chart,
    {
      brokers: { ...spec, ...applicationSpec(props, spec, names), connect: { runtime: { environment: PODS } } },
    },
  );
}

function applicationSpec(props: StreamAppChartProps, cluster: Spec, { appName, chart }: Names): Spec {
  const { topics = {}, consume, produce, streams, secretEnv = {}, iamRoleArn, userName = appName } = props;
  const { work, rights } = workSpec(consume, produce, streams);
  const listeners = cluster.listeners as Record<string, { readonly authentication: string }>;
  const listener = props.listener ?? Object.keys(listeners)[0]!;
  const authentication = listeners[listener]?.authentication;
  if (authentication === 'iam' && iamRoleArn === undefined) {
    throw new Failure(
      'CHART-PROPERTIES',
      `${chart}: the brokers ask for IAM, got no role; one is needed.`,
      'Give iamRoleArn.',
    );
  }
  const secrets = [...new Set(Object.values(secretEnv).map(({ secretName }) => secretName))];
  // Where nobody is asked who he is, rights would be given to nobody.
  const anonymous = authentication === 'none' && iamRoleArn === undefined;
  return {
    topics: Object.fromEntries(Object.entries(topics).map(([name, partitions]) => [name, { partitions }])),
    secrets: Object.fromEntries(secrets.map((name) => [name, { id: name }])),
    ...(anonymous
      ? {}
      : {
          principals: {
            [userName]: { listener, ...rights, ...(iamRoleArn === undefined ? {} : { iamRole: iamRoleArn }) },
          },
        }),
    applications: {
      [appName]: { ...podSpec(props), ...work, ...(anonymous ? { listener } : { principal: userName }) },
    },
  };
}

function podSpec(props: StreamAppChartProps): Spec {
  const { image, deliveryGuarantee, replicas, autoscaling, memory, stopTimeout, secretEnv } = props;
  const { cpu, command, args, env, user, ports } = props;
  return given({
    image,
    deliveryGuarantee,
    replicas,
    cpu,
    command,
    args,
    env,
    user,
    ports,
    memory: memory === undefined ? undefined : `${memory.toMebibytes()}MiB`,
    stopTimeout: stopTimeout === undefined ? undefined : `${stopTimeout.toSeconds()}s`,
    autoscaling: autoscaling === undefined ? undefined : scalingSpec(autoscaling),
    secretEnv:
      secretEnv === undefined
        ? undefined
        : Object.fromEntries(
            Object.entries(secretEnv).map(([name, { secretName, key }]) => [name, { secret: secretName, key }]),
          ),
    probes: given({
      startup: props.startupProbe?._spec(),
      readiness: props.readinessProbe?._spec(),
      liveness: props.livenessProbe?._spec(),
    }),
  });
}

function scalingSpec({ minReplicas, maxReplicas, lag, cpu, cooldown }: StreamAppScaling): Spec {
  return given({
    minReplicas,
    maxReplicas,
    lag,
    cpu,
    cooldown: cooldown === undefined ? undefined : `${cooldown.toSeconds()}s`,
  });
}

function scalerSpec(autoscaling: StreamAppScaling | undefined): Spec {
  if (autoscaling === undefined) return {};
  const { scaler, lagMetric, groupLabel } = autoscaling;
  return { autoscaling: given({ by: scaler, lagMetric, groupLabel }) };
}

function given(values: Spec): Spec {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
