import { App } from 'cdk8s';
import { KafkaChart, KafkaConnectChart, StreamAppScaler, type KafkaConnectChartProps } from '../../charts';
import { codes, openText } from '../support/environments';
import { kubernetesText, manifestsOfText, type Manifest, type Manifests } from '../support/manifests';
import { SMALL_CLUSTER } from '../support/small-cluster';

const CONNECT = `topics: { orders: { partitions: 12 }, refunds: { partitions: 3 } }
principals:
  sink: { listener: internal, consume: { topics: [orders, refunds], groups: ["connect-*"] } }
  partner: { listener: partners, consume: { topics: [orders], groups: [partner-sink] } }
secrets: { db: { id: db } }
connect:
  replicas: 2
  connectors:
    warehouse: { class: org.example.Sink, tasksMax: 12, principal: sink, config: { topics: 'orders, refunds' } }
    partner: { class: org.example.Sink, principal: partner, config: { topics: orders, consumer.override.group.id: partner-sink } }
    everything: { class: org.example.Sink, config: { topics.regex: 'or.*' } }
    idle: { class: org.example.Sink, state: stopped, config: { topics: refunds } }
    source: { class: org.example.Source }`;
const LISTENERS = '{ internal: { authentication: scram-sha-512 }, partners: { authentication: mtls } }';

function scaled(scaling: string, by: string): Manifests {
  return manifestsOfText({
    listeners: LISTENERS,
    more: CONNECT,
    settings: `autoscaling: { by: ${by} }, connect: { autoscaling: { maxReplicas: 8, ${scaling} } }`,
  });
}

describe('workers of Connect that KEDA scales by lag', () => {
  const manifests = scaled('lag: 5000, cpu: 80', 'keda');
  const { spec } = manifests.get('ScaledObject', 'small-connect') as Manifest;
  const container = manifests.get('StatefulSet', 'small-connect').spec.template.spec.containers[0];

  test('are between the number of workers and the most, added fast and taken away one by one', () => {
    expect(spec).toMatchObject({
      scaleTargetRef: { kind: 'StatefulSet', name: 'small-connect', envSourceContainerName: 'connect' },
      minReplicaCount: 2,
      maxReplicaCount: 8,
    });
    expect(spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies).toEqual([
      { type: 'Pods', value: 1, periodSeconds: 600 },
    ]);
    expect(manifests.get('StatefulSet', 'small-connect').spec.replicas).toBeUndefined();
    expect(manifests.ofKind('HorizontalPodAutoscaler')).toEqual([]);
  });

  test('follow the lag of each sink that runs, by topic where topics are named, and the CPU where that is asked for', () => {
    expect(spec.triggers.map(({ type, metadata }: Manifest) => [type, metadata.consumerGroup, metadata.topic])).toEqual(
      [
        ['kafka', 'connect-warehouse', 'orders'],
        ['kafka', 'connect-warehouse', 'refunds'],
        ['kafka', 'partner-sink', 'orders'],
        ['kafka', 'connect-everything', undefined],
        ['cpu', undefined, undefined],
      ],
    );
    for (const { metadata } of spec.triggers.slice(0, 4))
      expect(metadata).toMatchObject({
        lagThreshold: '5000',
        offsetResetPolicy: 'earliest',
        version: '2.1.0',
        tls: 'enable',
      });
    expect(spec.triggers[4]).toEqual({ type: 'cpu', metricType: 'Utilization', metadata: { value: '80' } });
  });

  test('let KEDA log in as each sink does: its own user, its own certificate, or the user of the workers', () => {
    const authentication = (connector: string): Manifest =>
      manifests.get('TriggerAuthentication', `small-connect-${connector}`).spec;
    const variables = Object.fromEntries(container.env.map(({ name, value }: Manifest) => [name, value]));
    const of = (connector: string): Manifest => {
      const { env = [], secretTargetRef } = authentication(connector);
      return {
        user: env.map(({ name }: Manifest) => variables[name]),
        from: secretTargetRef.map(({ name }: Manifest) => name),
      };
    };
    expect(of('warehouse')).toEqual({ user: ['sink'], from: ['small-user-sink', 'small-tls'] });
    expect(of('everything')).toEqual({ user: ['small-connect'], from: ['small-connect-user', 'small-tls'] });
    expect(of('partner')).toEqual({
      user: [],
      from: ['small-user-partner-tls', 'small-user-partner-tls', 'small-user-partner-tls'],
    });
    expect(spec.triggers.map(({ authenticationRef }: Manifest) => authenticationRef?.name)).toEqual([
      'small-connect-warehouse',
      'small-connect-warehouse',
      'small-connect-partner',
      'small-connect-everything',
      undefined,
    ]);
    for (const { metadata } of spec.triggers.slice(0, 4))
      expect(variables[metadata.bootstrapServersFromEnv]).toMatch(/^small-(internal|partners)-bootstrap\.kafka\.svc/);
  });

  test('and brokers let KEDA in, on the listeners of the sinks alone', () => {
    const { ingress, podSelector } = manifests.get('NetworkPolicy', 'small-connect-keda').spec;
    expect(podSelector.matchLabels).toMatchObject({ 'kafka-deployment-kit/broker': 'true' });
    expect(ingress[0].ports.map(({ port }: Manifest) => port)).toEqual([9092, 9094]);
    expect(ingress[0].from).toEqual([
      { namespaceSelector: {}, podSelector: { matchLabels: { app: 'keda-operator' } } },
    ]);
  });
});

test('workers that Kubernetes alone scales follow the same lags by an external metric', () => {
  const manifests = scaled('lag: 5000', 'horizontal-pod-autoscaler');
  expect(manifests.ofKind('ScaledObject')).toEqual([]);
  const { metrics } = manifests.get('HorizontalPodAutoscaler', 'small-connect').spec;
  expect(metrics.map(({ external }: Manifest) => external.metric.selector.matchLabels.consumergroup)).toEqual([
    'connect-warehouse',
    'partner-sink',
    'connect-everything',
  ]);
  const { env } = manifests.get('StatefulSet', 'small-connect').spec.template.spec.containers[0];
  expect(env.filter(({ name }: Manifest) => name.startsWith('LAG_'))).toEqual([]);
});

test('workers that scale by CPU alone do so by Kubernetes, also where KEDA is there', () => {
  const { metrics } = scaled('cpu: 60', 'keda').get('HorizontalPodAutoscaler', 'small-connect').spec;
  expect(metrics).toEqual([
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
  ]);
});

test('fails where workers are to scale by the lag of nothing', () => {
  const text = kubernetesText({
    more: 'connect: { connectors: { source: { class: org.example.Source, tasksMax: 9 } } }',
    settings: 'connect: { autoscaling: { maxReplicas: 8, lag: 100 } }',
  });
  expect(codes(openText(text).issues)).toContain('KUBERNETES-CONNECT-LAG targets.kubernetes.connect.autoscaling.lag');
});

describe('a chart of workers', () => {
  const connect = (props: Partial<KafkaConnectChartProps>): Manifest[] => {
    const app = new App();
    const cluster = new KafkaChart(app, 'events', SMALL_CLUSTER);
    const sink = { connectorClass: 'org.example.Sink', tasksMax: 4, config: { topics: 'orders' } };
    return new KafkaConnectChart(app, 'connect', { cluster, connectors: { sink }, ...props }).toJson() as Manifest[];
  };

  test('scales by lag as an environment does', () => {
    const [scaled] = connect({ maxReplicas: 4, lag: 100, scaler: StreamAppScaler.KEDA }).filter(
      ({ kind }) => kind === 'ScaledObject',
    );
    expect(scaled.spec).toMatchObject({ maxReplicaCount: 4, triggers: [{ metadata: { lagThreshold: '100' } }] });
  });

  test('fails where nothing ends the scaling', () => {
    expect(() => connect({ lag: 100 })).toThrow(
      'connect: there is no end to the workers, got lag 100 without maxReplicas',
    );
  });
});
