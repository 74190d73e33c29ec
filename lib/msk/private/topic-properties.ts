import type { CfnTopicProps } from 'aws-cdk-lib/aws-msk';

export interface TopicFacts {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly config: Readonly<Record<string, string>>;
}

/**
 * A topic as CloudFormation wants it. `Configs` is the base64 of a JSON object of strings, seen in the acceptance tests of the Terraform
 * provider (aws_msk_topic); sorted, since its base64 is compared as text.
 */
export function topicProperties(clusterArn: string, topic: TopicFacts): CfnTopicProps {
  const config = Object.entries(topic.config).sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    clusterArn,
    topicName: topic.name,
    partitionCount: topic.partitions,
    replicationFactor: topic.replicationFactor,
    ...(config.length === 0 ? {} : { configs: base64(JSON.stringify(Object.fromEntries(config))) }),
  };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
