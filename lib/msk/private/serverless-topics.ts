import { Names } from 'aws-cdk-lib/core';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct, type IConstruct } from 'constructs';
import { ClientAuthentication } from '../../aws/client-authentication';
import type { IKafkaNetwork } from '../../aws/kafka-network';
import { refuse } from '../../aws/private/construct-failure';
import { Reconciler } from '../../aws/private/reconciler';
import { formatPath } from '../../core/issue';
import { resolve, type EnvironmentModel } from '../../core/model';
import { desiredState } from '../../core/plan';
import { check, type CheckedIssue } from '../../core/rules';
import type { EnvironmentSpec, TopicSpec } from '../../core/spec';
import { mskPort } from './ports';
import { reconcilerStatements } from './reconciler-rights';

export interface ServerlessTopicsProps {
  readonly clusterArn: string;
  readonly bootstrapServers: string;
  readonly network: IKafkaNetwork;
  readonly securityGroup: ISecurityGroup;
}

export interface ServerlessTopic {
  readonly name: string;
  readonly topic: TopicSpec;
  readonly acknowledge: readonly AcknowledgementSpec[];
}

type AcknowledgementSpec = NonNullable<EnvironmentSpec['acknowledge']>[number];

/**
 * Topics of a Serverless cluster, which has none in CloudFormation: constructs add them one by one, and one custom resource makes all of
 * them. A topic that is no longer added stays, with its records.
 */
export class ServerlessTopics extends Construct {
  private readonly topics = new Map<string, TopicSpec>();
  private readonly acknowledge: AcknowledgementSpec[] = [];

  public constructor(scope: Construct, id: string, props: ServerlessTopicsProps) {
    super(scope, id);
    const name = Names.uniqueResourceName(scope, { maxLength: 40, separator: '-' }).toLowerCase();
    const model = (): EnvironmentModel =>
      resolve(topicsSpec(name, Object.fromEntries(this.topics), this.acknowledge)).model;
    new Reconciler(this, 'Reconciler', {
      environment: name,
      owner: name,
      desired: () => desiredState(model()),
      bootstrapServers: props.bootstrapServers,
      authentication: ClientAuthentication.IAM,
      network: props.network,
      brokers: props.securityGroup,
      port: mskPort(ClientAuthentication.IAM),
      statements: reconcilerStatements(props.clusterArn),
    });
    // What the topics come to together is known when the last one was added.
    this.node.addValidation({
      validate: () => topicErrors(model()).map((issue) => `${issue.path}: ${issue.message} ${issue.hint}`),
    });
  }

  /** Adds a topic; `scope` is named where the service would refuse it. */
  public add(scope: IConstruct, { name, topic, acknowledge }: ServerlessTopic): void {
    const { model } = resolve(topicsSpec('topics', { [name]: topic }, []));
    refuse(scope, 'MSK-TOPIC-REFUSED', [
      ...topicErrors(model).map((issue) => ({ property: propertyOf(issue), message: issue.message, hint: issue.hint })),
      ...(this.topics.has(name)
        ? [
            {
              property: 'topicName',
              message: `the topic is there already, got ${name} twice on one cluster; once is allowed.`,
              hint: 'Use the one construct in both places.',
            },
          ]
        : []),
    ]);
    this.topics.set(name, topic);
    this.acknowledge.push(...acknowledge);
  }
}

/** An environment of nothing but topics, so that they go the same way as those of a file. */
function topicsSpec(
  name: string,
  topics: Record<string, TopicSpec>,
  acknowledge: AcknowledgementSpec[],
): EnvironmentSpec {
  return {
    name,
    target: 'msk-serverless',
    // The service runs a version of its own; this is the last one that knows every topic option which it takes.
    kafka: { version: '3.9' },
    nodePools: { brokers: { roles: ['broker'], replicas: 3 } },
    listeners: { internal: { authentication: 'iam' } },
    topics,
    acknowledge,
  };
}

/** What is wrong with the topics; the rest of the environment stands for nothing. */
function topicErrors(model: EnvironmentModel): CheckedIssue[] {
  return check(model).filter(({ level, segments }) => level === 'error' && segments[0] === 'topics');
}

/** `topics.orders.config["retention.ms"]` is `config["retention.ms"]` of the construct. */
function propertyOf({ segments }: CheckedIssue): string {
  return segments.length > 2 ? formatPath(segments.slice(2)) : 'topicName';
}
