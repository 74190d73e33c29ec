import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { covers } from '../../core/rules/patterns';

/** What an environment makes inside its cluster, as far as somebody has to wait for it: topics of these names, and what the reconciler does. */
export function madeInside(environment: IConstruct, patterns: readonly string[]): IConstruct[] {
  const topics = environment.node.tryFindChild('Topics')?.node.findAll() ?? [];
  const reconciled = environment.node.tryFindChild('Reconciler')?.node.tryFindChild('Resource');
  return [
    ...topics.filter(
      (topic) => CfnTopic.isCfnTopic(topic) && patterns.some((pattern) => covers(pattern, topic.topicName)),
    ),
    ...(reconciled === undefined ? [] : [reconciled]),
  ];
}
