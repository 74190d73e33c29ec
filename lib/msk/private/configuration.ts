import { nearest } from '../../core/issue';
import { renderProperties } from '../../core/config/properties';
import { BROKER_DEFAULTS } from '../../core/model';
import type { KafkaRelease } from '../../core/versions';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import { EXPRESS_FIXED_KEYS, STANDARD_KEYS } from './configuration-keys';
import type { RenderedBrokers } from './rendered-brokers';

/** The kit's broker options for a cluster that is described by properties instead of an environment. */
export function defaultConfiguration(
  release: KafkaRelease,
  brokers: RenderedBrokers,
  zones: number,
): Record<string, string> {
  const replicationFactor = Math.min(3, brokers.count);
  const facts = {
    release,
    brokerCount: brokers.count,
    racks: Array.from({ length: zones }, (_, index) => `zone-${index + 1}`),
    managedBy: 'service' as const,
    replicationFactor,
    minInSyncReplicas: replicationFactor >= 3 ? 2 : 1,
  };
  return Object.fromEntries(
    BROKER_DEFAULTS.flatMap(({ option, value }) => {
      const text = value(facts);
      return text === undefined ? [] : [[option, text] as const];
    }),
  );
}

/** Options that the service would refuse. */
export function configurationProblems(
  config: Readonly<Record<string, string>>,
  brokers: RenderedBrokers,
): PropertyProblem[] {
  // Which keys Express brokers take is stated differently by two AWS sources, so only what both call fixed is refused there.
  const express = brokers.brokerType === 'express';
  return Object.keys(config)
    .filter((key) => (express ? EXPRESS_FIXED_KEYS.has(key) : !STANDARD_KEYS.has(key)))
    .sort()
    .map((key) => {
      const near = nearest(key, [...STANDARD_KEYS]);
      return {
        property: `configuration[${JSON.stringify(key)}]`,
        message: express
          ? `the service fixes the option on Express brokers, got "${key}"; options that it leaves open are allowed.`
          : `Amazon MSK does not take the option, got "${key}"; the ${STANDARD_KEYS.size} options of its documentation are allowed.`,
        hint: near === undefined || express ? 'Leave it out.' : `Did you mean ${near}?`,
      };
    });
}

/** The text of a configuration, sorted. Options that Express brokers fix are left out: they are fixed to what the kit sets. */
export function serverProperties(config: Readonly<Record<string, string>>, brokers: RenderedBrokers): string {
  const entries = Object.entries(config)
    .filter(([key]) => brokers.brokerType === 'standard' || !EXPRESS_FIXED_KEYS.has(key))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return renderProperties(entries);
}
