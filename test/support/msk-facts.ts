import type { MskBrokerFacts, MskClusterFacts, Refusal, ServiceRuleName, TopicFacts } from '../../lib/core/msk';
import { KAFKA_RELEASES } from '../../lib/core/versions';

export const RELEASE = KAFKA_RELEASES.find(({ version }) => version === '4.1')!;
export const OF_EXPRESS = KAFKA_RELEASES.find(({ version }) => version === '4.2')!;
const STANDARD: MskBrokerFacts = { brokerType: 'standard', instanceType: 'kafka.m7g.large', count: 3, volumeGiB: 100 };
const EXPRESS: MskBrokerFacts = { brokerType: 'express', instanceType: 'express.m7g.large', count: 3 };

/** A cluster that the service would make, but for what is given. */
export function clusterFacts(
  brokers: Partial<MskBrokerFacts>,
  rest: Partial<Omit<MskClusterFacts, 'brokers'>> = {},
): MskClusterFacts {
  const express = brokers.brokerType === 'express';
  return {
    clusterName: 'events',
    release: express ? OF_EXPRESS : RELEASE,
    brokers: { ...(express ? EXPRESS : STANDARD), ...brokers },
    region: 'eu-west-1',
    zoneCount: 3,
    authentications: ['iam'],
    certificateAuthorityArns: [],
    ...rest,
  };
}

/** A topic that the service would make, but for what is given. */
export function topicFacts(facts: Partial<TopicFacts>): TopicFacts {
  const cluster = { kind: 'standard', brokerCount: 6, zoneCount: 3, tieredStorage: true } as const;
  const numbers = { partitions: 12, replicationFactor: 3, minInSyncReplicas: 2 };
  return { name: 'orders', ...numbers, config: {}, cluster, ...facts };
}

/** `rule subject` of each refusal. */
export function refused(refusals: Iterable<Refusal<string>>): string[] {
  return [...refusals].map(({ rule, subject }) => `${rule} ${subject}`);
}

/** What an operator reads: a sentence that says what was got, and a sentence that says what to do. */
export function expectReadable(refusals: Iterable<Refusal<string>>): void {
  for (const { message, hint } of refusals) {
    expect(message).toMatch(/^[^\n]+, got [^\n]+; [^\n]+\.$/);
    expect(hint).toMatch(/^[A-Z][^\n]*[.?]$/);
    expect(`${message} ${hint}`).not.toMatch(/undefined|NaN|\[object/);
  }
}

export type Refused = readonly [title: string, rule: ServiceRuleName, subject: string];
