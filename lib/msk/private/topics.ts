import { NestedStack, RemovalPolicy } from 'aws-cdk-lib/core';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import { shortHash, type TopicModel } from '../../core/model';
import { refuse } from '../../aws/private/construct-failure';
import { claimTopic } from './claims';
import { topicProperties } from './topic-properties';

/** A stack holds 500 resources; the rest of an environment needs some of them. */
const TOPICS_IN_ROOT = 350;

/** The nested stack of a topic: by its name alone, so that another topic never moves it. */
export function topicStack(name: string, stacks: number): number {
  return Number.parseInt(shortHash(name, 8), 16) % stacks;
}

/** All topics of an environment: in the root stack, or spread over a fixed number of nested ones. */
export class Topics extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    props: {
      readonly clusterArn: string;
      readonly topics: readonly TopicModel[];
      readonly stacks: number;
      readonly express: boolean;
    },
  ) {
    super(scope, id);
    const { clusterArn, topics, stacks, express } = props;
    const room = TOPICS_IN_ROOT * Math.max(1, stacks);
    refuse(
      this,
      'MSK-TOPIC-STACKS',
      topics.length <= room
        ? []
        : [
            {
              property: 'targets.msk.topicStacks',
              message: `more topics than CloudFormation's stacks hold, got ${topics.length} topics in ${stacks === 0 ? 'the root stack' : `${stacks} nested stacks`}; ${room} are allowed.`,
              hint: `Set it to ${Math.ceil((topics.length * 2) / TOPICS_IN_ROOT)} before the first deploy; later it moves topics between stacks.`,
            },
          ],
    );
    refuse(
      this,
      'MSK-TOPIC-REFUSED',
      topics.flatMap(({ name }) => claimTopic(this, { clusterArn, name, property: `topics.${name}` })),
    );
    const homes: Construct[] =
      stacks === 0 ? [this] : Array.from({ length: stacks }, (_, index) => new NestedStack(this, `Part${index + 1}`));
    for (const topic of topics) {
      const home = homes[stacks === 0 ? 0 : topicStack(topic.name, stacks)]!;
      // With a prefix: a topic may be called `constructor`, or like another child of the scope.
      new CfnTopic(
        home,
        `Topic-${topic.name}`,
        topicProperties(clusterArn, express ? withoutFixed(topic) : topic),
      ).applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }
}

/** The service fixes the option on Express brokers, and refuses to be told. */
function withoutFixed(topic: TopicModel): TopicModel {
  return {
    ...topic,
    config: Object.fromEntries(Object.entries(topic.config).filter(([option]) => option !== 'min.insync.replicas')),
  };
}
