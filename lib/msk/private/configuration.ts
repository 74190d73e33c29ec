import { brokerOptionNotSettable, OPTION_TABLES } from '../../core/catalogue';
import { nearest } from '../../core/issue';
import { renderProperties } from '../../core/config/properties';
import { BROKER_DEFAULTS, replicationDefaults } from '../../core/model';
import type { KafkaRelease } from '../../core/versions';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { RenderedBrokers } from './rendered-brokers';

/** The kit's broker options for a cluster that is described by properties instead of an environment. */
export function defaultConfiguration(
  release: KafkaRelease,
  brokers: RenderedBrokers,
  zones: number,
): Record<string, string> {
  const facts = {
    release,
    brokerCount: brokers.count,
    racks: Array.from({ length: zones }, (_, index) => `zone-${index + 1}`),
    managedBy: 'service' as const,
    ...replicationDefaults(brokers.count, undefined),
  };
  return Object.fromEntries(
    BROKER_DEFAULTS.flatMap(({ option, value, fixedOnExpress }) => {
      const text = brokers.brokerType === 'express' && fixedOnExpress ? undefined : value(facts);
      return text === undefined ? [] : [[option, text] as const];
    }),
  );
}

/** Options that the service would refuse. */
export function configurationProblems(
  config: Readonly<Record<string, string>>,
  release: KafkaRelease,
  { brokerType }: RenderedBrokers,
): PropertyProblem[] {
  const refused = (option: string) => brokerOptionNotSettable(option, { target: 'msk', brokerType });
  return Object.keys(config)
    .sort()
    .flatMap((option) => {
      const reason = refused(option);
      if (reason === undefined) return [];
      const near = nearest(option, OPTION_TABLES.broker.names(release.version));
      return [
        {
          property: `configuration[${JSON.stringify(option)}]`,
          message: `Amazon MSK does not take the option, got "${option}"; ${reason.allowed}.`,
          hint: near === undefined || refused(near) !== undefined ? 'Leave it out.' : `Did you mean ${near}?`,
        },
      ];
    });
}

/** The text of a configuration, sorted. */
export function serverProperties(config: Readonly<Record<string, string>>): string {
  return renderProperties(Object.entries(config).sort(([left], [right]) => (left < right ? -1 : 1)));
}
