import { topicRefusals, type TopicFacts } from '../../core/msk';
import { topicOptionRefusals } from '../../core/rules/msk-options';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { AboutCluster } from './about-cluster';
import { literalProblems } from '../../aws/private/literals';

const at = (option: string): string => `config[${JSON.stringify(option)}]`;

/** Options that are properties of their own, so that none is said twice. */
const OWN_PROPERTIES: Readonly<Record<string, string>> = {
  'min.insync.replicas': 'minInSyncReplicas',
  'retention.ms': 'retention',
};

export interface TopicLiterals {
  readonly topicName: string;
  readonly partitions: number;
  readonly replicationFactor?: number;
  readonly minInSyncReplicas?: number;
  readonly config?: Readonly<Record<string, string>>;
}

/** Properties that are only known while deploying and must be known before. */
export function topicTokens(props: TopicLiterals): PropertyProblem[] {
  const { topicName, partitions, replicationFactor, minInSyncReplicas, config = {} } = props;
  return literalProblems({
    topicName,
    partitions,
    replicationFactor,
    minInSyncReplicas,
    ...Object.fromEntries(Object.entries(config).map(([option, value]) => [at(option), value])),
  });
}

/** What Kafka or the service would refuse, or would make useless, about a topic. */
export function topicProblems(
  facts: Omit<TopicFacts, 'cluster'> & { readonly cluster: AboutCluster },
): PropertyProblem[] {
  const { cluster, name } = facts;
  const problems: PropertyProblem[] = topicRefusals(facts).map(({ subject, message, hint }) => ({
    property: subject.startsWith('config:') ? propertyOf(subject.slice('config:'.length)) : subject,
    message,
    hint,
  }));
  if (cluster.topicsManagedBy === 'reconciler' && cluster.kind !== 'serverless') {
    problems.push({
      property: 'cluster',
      message: `topics of the cluster are the reconciler's, got ${name} for CloudFormation; one owner of topics is allowed.`,
      hint: 'Add the topic to the environment, or set targets.msk.topicsManagedBy: cloudformation there.',
    });
  }
  return problems;
}

/** Options that the topic could not have, by name and by value. */
export function topicOptionProblems(config: Readonly<Record<string, string>>, about: AboutCluster): PropertyProblem[] {
  const problems: PropertyProblem[] = [];
  for (const option of Object.keys(config).sort()) {
    if (!Object.hasOwn(OWN_PROPERTIES, option)) continue;
    const property = OWN_PROPERTIES[option]!;
    problems.push({
      property: at(option),
      message: `the option has a property of its own, got ${option}; ${property} says it.`,
      hint: `Use ${property}.`,
    });
  }
  const { release, kind } = about;
  if (release === undefined || kind === undefined || kind === 'serverless') return problems;
  const options = Object.fromEntries(
    Object.entries(config).filter(([option]) => !Object.hasOwn(OWN_PROPERTIES, option)),
  );
  for (const { subject, message, hint } of topicOptionRefusals({ options, release, brokerType: kind })) {
    problems.push({ property: at(subject.slice('option:'.length)), message, hint });
  }
  return problems;
}

function propertyOf(option: string): string {
  return OWN_PROPERTIES[option] ?? at(option);
}
