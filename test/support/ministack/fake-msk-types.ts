import { randomUUID } from 'node:crypto';
import type { KafkaClient } from '../../../lib/admin';
import type { FakeAuthentication, FakeMsk } from '../msk-control-plane';
import type { FakeType, ResourceQuestion } from './fake-resources';

export interface FakeMskTypesOptions {
  /** Keeps the clusters; the SDK in functions talks to it. */
  readonly msk: FakeMsk;
  /** A real Kafka that topics are made in, and how the strings of clusters name it. */
  readonly kafka: KafkaClient;
  readonly bootstrap: Readonly<Record<string, string>>;
}

type Enabled = { readonly Enabled?: unknown } | undefined;
const isOn = (mechanism: Enabled): boolean => String(mechanism?.Enabled).toLowerCase() === 'true';

function authentications(properties: ResourceQuestion['properties']): FakeAuthentication[] {
  const { Sasl, Tls, Unauthenticated } = (properties['ClientAuthentication'] ?? {}) as {
    Sasl?: { Iam?: Enabled; Scram?: Enabled };
    Tls?: Enabled;
    Unauthenticated?: Enabled;
  };
  const states: [FakeAuthentication, Enabled][] = [
    ['iam', Sasl?.Iam],
    ['scram-sha-512', Sasl?.Scram],
    ['mtls', Tls],
    ['none', Unauthenticated],
  ];
  return states.filter(([, mechanism]) => isOn(mechanism)).map(([name]) => name);
}

/** Types that only have to be there: they are remembered under their ARN, or under a name. */
function remembered(service: string): FakeType {
  return ({ account, region, type, logicalId = '', physicalId }) => {
    const arn =
      physicalId ?? `arn:aws:${service}:${region}:${account}:${type.split('::')[2]}/${logicalId}-${randomUUID()}`;
    return Promise.resolve({ physicalId: arn, attributes: { Arn: arn, Id: arn } });
  };
}

/** Fakes of the types that ministack lacks: clusters are those of the fake control plane, topics are made in a real Kafka. */
export function fakeMskTypes({ msk, kafka, bootstrap }: FakeMskTypesOptions): Record<string, FakeType> {
  return {
    'AWS::MSK::Cluster': ({ properties, account, region, physicalId, logicalId }) => {
      const name = String(properties['ClusterName']);
      const there = physicalId === undefined ? undefined : msk.clusters.get(physicalId);
      if (there === undefined && [...msk.clusters.values()].some((cluster) => cluster.name === name)) {
        return Promise.reject(new Error(`${logicalId}: This resource already exists. Name: ${name}`));
      }
      const cluster =
        there ??
        msk.addCluster({
          name,
          arn: `arn:aws:kafka:${region}:${account}:cluster/${name}/${randomUUID()}-2`,
          authentications: authentications(properties),
          bootstrap,
        });
      return Promise.resolve({
        physicalId: cluster.arn,
        attributes: { Arn: cluster.arn, CurrentVersion: cluster.currentVersion },
      });
    },
    'AWS::MSK::Configuration': async (question) => {
      const { physicalId, attributes } = await remembered('kafka')(question);
      // Each update is another revision; a fake that is asked once more than there was a change would show here.
      const revision = question.action === 'create' ? 1 : 2;
      return { physicalId, attributes: { ...attributes, 'LatestRevision.Revision': revision } };
    },
    'AWS::MSK::Topic': async ({ action, properties }) => {
      const topic = String(properties['TopicName']);
      const cluster = String(properties['ClusterArn']);
      const partitions = Number(properties['PartitionCount']);
      const configs = String(properties['Configs'] ?? 'e30=');
      const config = JSON.parse(Buffer.from(configs, 'base64').toString()) as Record<string, string>;
      const replicationFactor = Number(properties['ReplicationFactor']);
      const [result] =
        action === 'create'
          ? await kafka.createTopics([{ name: topic, placement: { partitions, replicationFactor }, config }], {
              validateOnly: false,
            })
          : await kafka.addPartitions([{ topic, total: partitions }], { validateOnly: false });
      if (result?.error !== undefined) throw new Error(result.error.message);
      const arn = `${cluster.replace(':cluster/', ':topic/')}/${topic}`;
      return { physicalId: arn, attributes: { TopicArn: arn } };
    },
    'AWS::MSK::BatchScramSecret': ({ properties }) => {
      const cluster = msk.clusters.get(String(properties['ClusterArn']))!;
      cluster.secrets.clear();
      for (const arn of properties['SecretArnList'] as string[]) cluster.secrets.add(arn);
      return Promise.resolve({ physicalId: `${cluster.arn}/secrets` });
    },
    'AWS::MSK::ClusterPolicy': remembered('kafka'),
    'AWS::MSK::VpcConnection': remembered('kafka'),
    'AWS::EC2::SecurityGroupIngress': remembered('ec2'),
    'AWS::EC2::FlowLog': remembered('ec2'),
    'AWS::ApplicationAutoScaling::ScalableTarget': remembered('application-autoscaling'),
    'AWS::ApplicationAutoScaling::ScalingPolicy': remembered('application-autoscaling'),
  };
}
