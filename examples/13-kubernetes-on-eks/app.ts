import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Cluster, KubectlProvider, KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import { App as Charts, Size, type Chart } from 'cdk8s';
import { KafkaChart, KafkaConnectChart, KafkaVersion, NodePool, RackSource } from 'kafka-deployment-kit/charts';

const app = new App();
const stack = new Stack(app, 'Events', { env: { account: '111122223333', region: 'eu-west-1' } });
const serviceToken = 'arn:aws:lambda:eu-west-1:111122223333:function:platform-kubectl';
const cluster = Cluster.fromClusterAttributes(stack, 'Eks', {
  clusterName: 'platform',
  kubectlProvider: KubectlProvider.fromKubectlProviderAttributes(stack, 'Kubectl', { serviceToken }),
});

/** A resource an object: its update is one event of Lambda with the old and the new object, and what is no longer wanted goes. */
function deploy(chart: Chart, removalPolicy: RemovalPolicy): void {
  for (const object of chart.toJson() as { kind: string; metadata: { name: string } }[])
    new KubernetesManifest(stack, `${object.kind}-${object.metadata.name}`, {
      ...{ cluster, manifest: [object], overwrite: true, prune: false, removalPolicy },
    });
}

const registry = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const charts = new Charts();
const events = new KafkaChart(charts, 'events', {
  namespace: 'kafka',
  kafkaVersion: KafkaVersion.V4_3,
  kubernetesVersion: '1.35',
  image: `${registry}/kafka@sha256:${'0'.repeat(64)}`,
  storageClass: 'kafka-gp3',
  racks: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  rackSource: RackSource.POD_ZONE_LABEL,
  nodePools: [
    NodePool.controllers({ replicas: 3, volumes: [Size.gibibytes(20)] }),
    NodePool.brokers('brokers', { replicas: 3, volumes: [Size.gibibytes(500)], memory: Size.gibibytes(16) }),
  ],
});
deploy(events, RemovalPolicy.RETAIN);
deploy(new KafkaConnectChart(charts, 'connect', { cluster: events }), RemovalPolicy.DESTROY);
app.synth();
