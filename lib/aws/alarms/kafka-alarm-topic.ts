import { Stack } from 'aws-cdk-lib/core';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** Properties of a topic for alarms. */
export interface KafkaAlarmTopicProps {
  /**
   * Addresses that get a mail; each has to confirm once.
   *
   * @default - nobody; subscribe to `topic`
   */
  readonly emails?: string[];
  /**
   * Customer key that encrypts what is told. CloudWatch must be allowed to use it.
   *
   * @default - a new one
   */
  readonly encryptionKey?: IKey;
  /**
   * Name that mails come from.
   *
   * @default - that of the service
   */
  readonly displayName?: string;
}

/** A topic that alarms of this account may publish to, encrypted with a key that they may use; the key of the service would keep them out. */
export class KafkaAlarmTopic extends Construct {
  /** The topic. */
  public readonly topic: ITopic;
  /** The key. */
  public readonly encryptionKey: IKey;

  public constructor(scope: Construct, id: string, props: KafkaAlarmTopicProps = {}) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    this.encryptionKey =
      props.encryptionKey ?? new Key(this, 'Key', { description: 'Alarms', enableKeyRotation: true });
    this.encryptionKey.addToResourcePolicy(
      new PolicyStatement({
        // Without conditions: what a service says of itself to the key is not documented, and a key that refuses makes alarms silent.
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        principals: [cloudWatch],
        resources: ['*'],
      }),
    );
    const topic = new Topic(this, 'Topic', {
      masterKey: this.encryptionKey,
      enforceSSL: true,
      ...(props.displayName === undefined ? {} : { displayName: props.displayName }),
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        principals: [cloudWatch],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
        },
      }),
    );
    for (const email of props.emails ?? []) topic.addSubscription(new EmailSubscription(email));
    this.topic = topic;
  }
}
