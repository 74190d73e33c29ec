import { Token } from 'aws-cdk-lib/core';
import { ClientAuthentication } from '../../../aws/client-authentication';
import type { IKafkaNetwork } from '../../../aws/kafka-network';
import type { PropertyProblem } from '../../../aws/private/construct-failure';
import { missingIn, regionsWithout } from '../../../core/msk';
import { MAX_REPLICATOR_PATTERNS } from '../../../core/msk-connect';
import type { IMskCluster } from '../../msk-cluster-base';

interface Side {
  readonly cluster: IMskCluster;
  readonly network?: IKafkaNetwork;
}

interface ReplicatorSubject {
  readonly replicatorName: string;
  readonly source: Side;
  readonly target: Side;
  readonly topics: readonly string[];
  readonly excludedTopics?: readonly string[];
  readonly groups?: readonly string[];
  readonly offsetSync?: string;
  readonly topicNaming?: string;
}

/** Of the stack. */
interface Place {
  readonly region: string;
  readonly account: string;
}

/** What the service refuses. Source: Amazon MSK developer guide, "Supported configurations" of MSK Replicator, read on 2026-11-26. */
export function replicatorProblems(props: ReplicatorSubject, { region: own, account: ours }: Place): PropertyProblem[] {
  const { source, target, topics, excludedTopics = [], groups = ['*'], replicatorName: name } = props;
  const found: PropertyProblem[] = [];
  const add = (property: string, message: string, hint: string): void => void found.push({ property, message, hint });
  if (!/^[0-9A-Za-z][0-9A-Za-z-]{0,127}$/.test(name))
    add(
      'replicatorName',
      `not a name for a replicator, got ${JSON.stringify(name)}; up to 128 letters, digits and dashes are allowed.`,
      'Choose another name.',
    );
  if (source.cluster.clusterArn === target.cluster.clusterArn)
    add(
      'source',
      'the cluster would be copied onto itself, got one cluster twice; two are needed.',
      'Name another cluster.',
    );
  const accounts = [source, target].map(
    ({ cluster }) => /^arn:[^:]+:kafka:[^:]+:(\d{12}):/.exec(cluster.clusterArn)?.[1] ?? ours,
  );
  if (accounts.every((account) => /^\d{12}$/.test(account)) && accounts[0] !== accounts[1])
    add(
      'source',
      `the clusters are in two accounts, got ${accounts.join(' and ')}; one account is allowed.`,
      'Use MirrorMaker on workers of your own between accounts.',
    );
  const region = /^arn:[^:]+:kafka:([^:]+):/.exec(target.cluster.clusterArn)?.[1];
  if (region !== undefined && !Token.isUnresolved(own) && !Token.isUnresolved(region) && region !== own)
    add(
      'target',
      `the replicator is made where its target is, got a target in ${region} and a stack in ${own}; one region is allowed.`,
      `Put it into a stack of ${region}.`,
    );
  if (missingIn(own, 'replicator'))
    add(
      'target',
      `there is no MSK Replicator, got ${own}; all regions but ${regionsWithout('replicator').join(', ')} are allowed.`,
      'Use MirrorMaker on workers of your own.',
    );
  for (const [property, side] of [
    ['source', source],
    ['target', target],
  ] as const) {
    const { clientAuthentications, network } = side.cluster;
    if (!clientAuthentications.includes(ClientAuthentication.IAM))
      add(
        `${property}.cluster`,
        `a replicator logs in with iam, got a cluster with ${clientAuthentications.join(', ')}; iam is needed.`,
        'Add iam to clientAuthentications.',
      );
    const subnets = (side.network ?? network)?.subnetIds.length ?? 0;
    if (subnets < 2 || subnets > 3)
      add(
        `${property}.network`,
        `not a number of subnets that the service takes, got ${subnets}; 2 or 3 are allowed.`,
        'Give network, with the subnets of the brokers.',
      );
  }
  for (const [property, list] of [
    ['topics', topics],
    ['excludedTopics', excludedTopics],
    ['groups', groups],
  ] as const) {
    if (list.length > MAX_REPLICATOR_PATTERNS)
      add(
        property,
        `too many patterns, got ${list.length}; at most ${MAX_REPLICATOR_PATTERNS} are allowed.`,
        'Use prefixes.',
      );
    const twice = list.find((pattern, index) => list.indexOf(pattern) < index);
    if (twice !== undefined)
      add(property, `a pattern is there twice, got ${twice}; each stands once.`, 'Remove one of them.');
  }
  if (topics.length === 0)
    add('topics', 'nothing would be copied, got no topics; one at least is needed.', 'Name them; * is all.');
  if (props.offsetSync === 'ENHANCED' && props.topicNaming !== 'IDENTICAL')
    add(
      'offsetSync',
      'offsets cannot be carried over this way between names that differ, got ENHANCED with prefixed names; it is allowed with IDENTICAL.',
      'Set topicNaming to IDENTICAL.',
    );
  return found;
}
