import { renderProperties } from '../../core/config/properties';
import { BROKER_DEFAULTS, replicationDefaults, shortHash } from '../../core/model';
import { MSK_BROKER_SIZES, type MskBrokerFacts } from '../../core/msk';
import { brokerOptionRefusals, type MskOptions } from '../../core/rules/msk-options';
import type { KafkaRelease } from '../../core/versions';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import { literalProblems } from '../../aws/private/literals';

/** The kit's broker options for a cluster that is described by properties instead of an environment. */
export function defaultConfiguration(
  release: KafkaRelease,
  brokers: Pick<MskBrokerFacts, 'brokerType' | 'count' | 'instanceType' | 'throughputMiBps'>,
  zones: number,
): Record<string, string> {
  const fetchers =
    brokers.throughputMiBps === undefined ? undefined : MSK_BROKER_SIZES.get(brokers.instanceType)?.replicaFetchers;
  const facts = {
    release,
    brokerCount: brokers.count,
    racks: Array.from({ length: zones }, (_, index) => `zone-${index + 1}`),
    managedBy: 'service' as const,
    ...(fetchers === undefined ? {} : { replicaFetchers: fetchers }),
    ...replicationDefaults(brokers.count, undefined),
  };
  return Object.fromEntries(
    BROKER_DEFAULTS.flatMap(({ option, value, fixedOnExpress }) => {
      const text = brokers.brokerType === 'express' && fixedOnExpress ? undefined : value(facts);
      return text === undefined ? [] : [[option, text] as const];
    }),
  );
}

/** Options that the service would refuse, by the property that holds them. */
export function configurationProblems(property: string, configuration: MskOptions): PropertyProblem[] {
  const at = (option: string): string => `${property}[${JSON.stringify(option)}]`;
  const { options } = configuration;
  const tokens = literalProblems(Object.fromEntries(Object.entries(options).map(([name, value]) => [at(name), value])));
  if (tokens.length > 0) return tokens;
  return brokerOptionRefusals(configuration).map(({ subject, message, hint }) => ({
    property: at(subject.slice('option:'.length)),
    message,
    hint,
  }));
}

/** The text of a configuration, sorted. */
export function serverProperties(config: Readonly<Record<string, string>>): string {
  return renderProperties(Object.entries(config).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/**
 * The description of a revision ends with a hash of its content: CloudFormation cannot read the content back, so the console and the API
 * say at least which one it is.
 */
export function revisionDescription(what: string, properties: string): string {
  return `${what}; content ${shortHash(properties, 12)}`;
}
