import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Token, type Stack } from 'aws-cdk-lib/core';
import {
  ClientAuthentication,
  KafkaConnectVersion,
  MskCluster,
  MskConnectCapacity as Capacity,
  MskConnectPlugin,
  MskConnectWorkerConfiguration,
  MskConnector,
  MskLogs,
  type MskConnectorProps,
} from '../../../lib/msk';
import { testStack } from '../../support/cdk';
import { clusterIn } from '../../support/msk';

const CLUSTER = 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1';
const PLUGIN = MskConnectPlugin.fromPluginArn('arn:aws:kafkaconnect:eu-west-1:111122223333:custom-plugin/s3/1-2');

function connector(stack: Stack, props: Partial<MskConnectorProps>): void {
  new MskConnector(stack, 'C', {
    cluster: props.cluster ?? clusterIn(stack),
    plugin: PLUGIN,
    connectorClass: 'a.B',
    consume: ['orders'],
    ...props,
  });
}

const worker = (properties: Record<string, string>) => (stack: Stack) =>
  void new MskConnectWorkerConfiguration(stack, 'W', { properties });
const given = (props: Partial<MskConnectorProps>) => (stack: Stack) => connector(stack, props);
const scram = (stack: Stack) => clusterIn(stack, { clientAuthentications: [ClientAuthentication.SCRAM_SHA_512] });

/** What is asked for, the rule of AWS that it breaks, what is asked, and what the error says. */
const CASES: [what: string, awsRule: string, define: (stack: Stack) => void, message: RegExp][] = [
  [
    '3 units',
    'McuCount is 1, 2, 4 or 8',
    given({ capacity: Capacity.provisioned({ mcu: 3 }) }),
    /^Test\/C: capacity\.mcu: .* got 3; 1, 2, 4, 8 units are allowed\./,
  ],
  [
    '11 workers',
    '10 workers for a connector',
    given({ capacity: Capacity.provisioned({ workers: 11 }) }),
    /capacity\.workers: .* got 11; 1 to 10 are allowed/,
  ],
  [
    'half a worker',
    'WorkerCount is an integer',
    given({ capacity: Capacity.provisioned({ workers: 0.5 }) }),
    /got 0\.5; 1 to 10/,
  ],
  [
    '11 workers at most',
    '10 workers for a connector',
    given({ capacity: Capacity.autoscaled({ maxWorkers: 11 }) }),
    /capacity\.maxWorkers: .* got 11/,
  ],
  [
    'more workers at least than at most',
    'MinWorkerCount <= MaxWorkerCount',
    given({ capacity: Capacity.autoscaled({ minWorkers: 3, maxWorkers: 2 }) }),
    /capacity\.minWorkers: .* got 3 and 2/,
  ],
  [
    '0 percent',
    'CpuUtilizationPercentage is 1 to 100',
    given({ capacity: Capacity.autoscaled({ maxWorkers: 2, scaleInPercent: 0 }) }),
    /capacity\.scaleInPercent: .* got 0; a whole number from 1 to 100/,
  ],
  [
    '101 percent',
    'CpuUtilizationPercentage is 1 to 100',
    given({ capacity: Capacity.autoscaled({ maxWorkers: 2, scaleOutPercent: 101 }) }),
    /capacity\.scaleOutPercent: .* got 101/,
  ],
  [
    'a scale-in above the scale-out',
    'scale-in below scale-out',
    given({ capacity: Capacity.autoscaled({ maxWorkers: 2, scaleInPercent: 80, scaleOutPercent: 50 }) }),
    /workers would come and go without end, got 80 .* and 50/,
  ],
  [
    'fewer tasks than workers',
    'MaxAutoscalingTaskCount >= MaxWorkerCount',
    given({ capacity: Capacity.autoscaled({ maxWorkers: 4, maxTasks: 3 }) }),
    /capacity\.maxTasks: .* got 3 tasks for up to 4 workers/,
  ],
  [
    'tasks with autoscaling',
    'autoscaling overrides tasks.max',
    given({ capacity: Capacity.autoscaled({ maxWorkers: 2 }), tasksMax: 4 }),
    /configuration\["tasks\.max"\]: autoscaling sets the number of tasks by itself, got 4/,
  ],
  [
    'a cluster with SCRAM alone',
    'client authentication is NONE or IAM',
    (stack) => connector(stack, { cluster: scram(stack) }),
    /authentication: MSK Connect logs in with iam or not at all, got a cluster with scram-sha-512; .*connect\.runtime: \{ environment: NAME \}/,
  ],
  [
    'mTLS',
    'client authentication is NONE or IAM',
    given({ authentication: ClientAuthentication.MTLS }),
    /authentication: .* got mtls; iam and none are allowed/,
  ],
  [
    'no authentication on a cluster with IAM',
    'the cluster has no such listener',
    given({ authentication: ClientAuthentication.NONE }),
    /no listener with this authentication, got none; it has iam/,
  ],
  [
    'a name of 129 characters',
    'ConnectorName has 1 to 128 characters',
    given({ connectorName: 'x'.repeat(129) }),
    /connectorName: .* up to 128 letters/,
  ],
  [
    'a name with a blank',
    'the name is part of a topic',
    given({ connectorName: 'my sink' }),
    /connectorName: not a name for a connector, got "my sink"/,
  ],
  [
    'a name that is a token',
    'the name is part of a topic',
    given({ connectorName: Token.asString({ Ref: 'Name' }) }),
    /connectorName: .* got a token; a literal is needed/,
  ],
  [
    'a password in clear',
    'the configuration is readable',
    given({ configuration: { 'connection.password': 'hunter2' } }),
    /configuration\["connection\.password"\]: a secret stands in the template, got a value for connection\.password/,
  ],
  [
    'a name in the configuration',
    'name is the name of the connector',
    given({ configuration: { name: 'x' } }),
    /configuration\["name"\]/,
  ],
  ['no topic', 'the role has no rights on topics', given({ consume: [] }), /the connector may touch no topic/],
  [
    'an imported cluster without a network',
    'Vpc.Subnets has at least one',
    (stack) => connector(stack, { cluster: MskCluster.fromClusterAttributes(stack, 'I', { clusterArn: CLUSTER }) }),
    /network: the workers have no subnets to run in, got an imported cluster/,
  ],
  [
    'a prefix without a bucket',
    'a prefix belongs to a bucket',
    given({ logs: MskLogs.to({ deliveryStreamName: 'stream', prefix: 'connect/' }) }),
    /logs\.prefix: there is no bucket for the prefix, got connect\//,
  ],
  [
    'two connectors of a name',
    'the name is unique in an account and region',
    (stack) => {
      connector(stack, { connectorName: 'sink' });
      const cluster = stack.node.findChild('Events') as MskCluster;
      new MskConnector(stack, 'D', {
        cluster,
        plugin: PLUGIN,
        connectorClass: 'a.B',
        consume: ['orders'],
        connectorName: 'sink',
      });
    },
    /^Test\/D: connectorName: a connector of this name is there already, got sink of Test\/C/,
  ],
  [
    'an option said twice',
    'an option has one value',
    (stack) =>
      connector(stack, {
        configuration: { 'x.password': '${a:b:c}' },
        secrets: { 'x.password': { secret: Secret.fromSecretNameV2(stack, 'S', 's'), key: 'k' } },
      }),
    /secrets\["x\.password"\]: the option is said twice/,
  ],
  [
    'workers that read no secrets',
    'workers have no config provider',
    (stack) =>
      connector(stack, {
        workerConfiguration: new MskConnectWorkerConfiguration(stack, 'W'),
        secrets: { 'x.password': { secret: Secret.fromSecretNameV2(stack, 'S', 's'), key: 'k' } },
      }),
    /secrets: the workers look up no secrets, got x\.password/,
  ],
  [
    'workers said twice',
    'one worker configuration',
    (stack) =>
      connector(stack, {
        workerConfiguration: new MskConnectWorkerConfiguration(stack, 'W'),
        workerProperties: { 'offset.flush.interval.ms': '1' },
      }),
    /workerProperties: the options of the workers are said twice/,
  ],
  [
    'exactly-once on Connect 2.7',
    'transactions of sources came with Kafka 3.3',
    given({
      kafkaConnectVersion: KafkaConnectVersion.V2_7_1,
      workerProperties: { 'exactly.once.source.support': 'enabled' },
    }),
    /workerProperties\["exactly\.once\.source\.support"\]: Kafka Connect 2\.7\.1 has no transactions/,
  ],
  [
    'an unknown version',
    'Kafka Connect 2.7.1 or 3.7.x',
    () => void KafkaConnectVersion.of('4.1'),
    /kafkaConnectVersion: .* got "4\.1"; 2\.7\.1 and 3\.7\.x are allowed/,
  ],
  [
    'the address of the brokers for workers',
    'bootstrap.servers is not supported',
    worker({ 'bootstrap.servers': 'a:1' }),
    /^Test\/W: properties\["bootstrap\.servers"\]: MSK Connect does not take the option/,
  ],
  [
    'REST of the workers',
    'rest. is not supported',
    worker({ 'rest.extension.classes': 'a.B' }),
    /properties\["rest\.extension\.classes"\]/,
  ],
  [
    'a log-in of the workers',
    'sasl. is not supported',
    worker({ 'sasl.mechanism': 'PLAIN' }),
    /properties\["sasl\.mechanism"\]/,
  ],
  [
    'another producer option',
    'producer options by a list',
    worker({ 'producer.lingr.ms': '1' }),
    /got "producer\.lingr\.ms"; producer options that it takes are acks, .* Did you mean producer\.linger\.ms\?/,
  ],
  [
    'another consumer option',
    'consumer options by a list',
    worker({ 'consumer.isolation.level': 'read_committed' }),
    /got "consumer\.isolation\.level"; consumer options/,
  ],
  [
    'an option that Connect does not have',
    'worker options of Kafka',
    worker({ 'offset.flush.intervall.ms': '1' }),
    /no such worker option, got "offset\.flush\.intervall\.ms"; .* Did you mean offset\.flush\.interval\.ms\?/,
  ],
  [
    'a value that Kafka refuses',
    'worker options of Kafka',
    worker({ 'offset.flush.interval.ms': 'soon' }),
    /properties\["offset\.flush\.interval\.ms"\]: not a whole number, got "soon"/,
  ],
  [
    'a plugin that is not there',
    'the plugin is a file',
    (stack) => void MskConnectPlugin.fromFile(stack, 'P', 'nowhere.zip'),
    /^Test\/P: path: there is no such file, got ".*nowhere\.zip"/,
  ],
  [
    'a plugin in a tar',
    'ContentType is JAR or ZIP',
    (stack) =>
      void MskConnectPlugin.fromS3(stack, 'P', { bucket: Bucket.fromBucketName(stack, 'B', 'plugins'), key: 'a.tgz' }),
    /key: not a plugin, got "a\.tgz"/,
  ],
  [
    'half coordinates',
    'Maven coordinates',
    (stack) => void MskConnectPlugin.fromMaven(stack, 'P', 'debezium'),
    /maven: not Maven coordinates, got "debezium"/,
  ],
  [
    'a snapshot',
    'the same plugin every day',
    (stack) => void MskConnectPlugin.fromMaven(stack, 'P', 'a:b:1-SNAPSHOT'),
    /the version may be another artifact tomorrow, got "a:b:1-SNAPSHOT"/,
  ],
];

describe('MSK Connect', () => {
  test.each(CASES)('fails for %s (AWS: %s)', (_what, _rule, define, message) => {
    expect(() => define(testStack())).toThrow(message);
  });

  test('fails once, with everything that is wrong', () => {
    expect(() =>
      connector(testStack(), { connectorName: 'a b', capacity: Capacity.provisioned({ mcu: 5, workers: 20 }) }),
    ).toThrow(/connectorName: [^]*capacity\.mcu: [^]*capacity\.workers: /);
  });
});
