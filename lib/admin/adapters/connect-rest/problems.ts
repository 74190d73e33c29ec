import { distance } from 'fastest-levenshtein';
import { nearest } from '../../../core/issue';
import type { ConnectorPlugin, ConnectorProblem, NamedConfig } from '../../port';
import type { Validation } from './answers';
import { connectorPath, ended } from './failures';
import { hideSecrets, PLACEHOLDER } from './hidden';

/** Kafka's own config providers, by the names that they are given everywhere; the workers of the kit have `dir`. */
const OF_PROVIDERS = /\$\{(dir|directory|file|env):/;

/** What Connect found wrong, and what it does not look for: options that it would ignore, placeholders that it does not resolve. */
export function problemsOf({ name, config }: NamedConfig, { configs }: Validation): ConnectorProblem[] {
  const refusals = configs.flatMap(({ value: { name: option, errors, recommended_values: allowed } }) =>
    errors
      // A value that cannot be read is complained of twice, as what it is and as nothing.
      .filter((text, index) => index === 0 || !text.startsWith('Invalid value null '))
      .map((text): ConnectorProblem => ({
        level: 'error',
        option,
        message: ended(hideSecrets(text, config)),
        hint: hintFor(name, option, allowed, config[option]),
      })),
  );
  return [...refusals, ...unresolved({ name, config }, configs), ...mistyped({ name, config }, configs)];
}

/** A class that no plugin of the workers has. */
export function unknownClass({ name, config }: NamedConfig, plugins: readonly ConnectorPlugin[]): ConnectorProblem {
  const wanted = config['connector.class'] ?? '';
  const names = plugins.map(({ className }) => className);
  const near = nearestClass(wanted, names);
  return {
    level: 'error',
    option: 'connector.class',
    message: `No plugin of the workers has this connector class, got ${wanted}; ${names.length === 0 ? 'they have none' : `they have ${names.join(', ')}`}.`,
    hint:
      near === undefined
        ? `Put its plugin on the plugin.path of every worker and restart them, or change ${connectorPath(name, 'connector.class')}.`
        : `Did you mean ${near}? Otherwise put its plugin on the plugin.path of every worker and restart them.`,
  };
}

/** By the whole name, or by its last part where somebody left out or mistook the package. */
function nearestClass(wanted: string, names: readonly string[]): string | undefined {
  const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
  const near = nearest(last(wanted), names.map(last));
  return names.find((name) => last(name) === near) ?? nearest(wanted, names);
}

function hintFor(name: string, option: string, allowed: readonly string[], value: string | undefined): string {
  const path = connectorPath(name, option);
  if (value === undefined) return `Set ${path}.`;
  const near = nearest(value, allowed) ?? nearestClass(value, allowed);
  if (near !== undefined) return `Did you mean ${near}? Change ${path}.`;
  return allowed.length === 0 ? `Change ${path}.` : `Change ${path}; allowed: ${allowed.join(', ')}.`;
}

/** Connect takes a placeholder that it cannot resolve for the value itself. Passwords are answered hidden either way. */
function unresolved({ name, config }: NamedConfig, configs: Validation['configs']): ConnectorProblem[] {
  return configs.flatMap(({ value: { name: option, value } }) => {
    const written = config[option];
    if (written === undefined || !PLACEHOLDER.test(written) || value !== written) return [];
    return [
      {
        // Other providers can be words of the connector itself.
        level: OF_PROVIDERS.test(written) ? ('error' as const) : ('warning' as const),
        option,
        message: `The workers do not resolve the placeholder, got ${written}; a key that one of their config.providers finds is allowed.`,
        hint: `Check that the secret is on every worker, and ${connectorPath(name, option)}.`,
      },
    ];
  });
}

/** Connect ignores options that it does not know, and connectors hand some on, so only what is nearly an option is told. */
function mistyped({ name, config }: NamedConfig, configs: Validation['configs']): ConnectorProblem[] {
  const known = configs.map(({ definition }) => definition.name);
  return Object.keys(config).flatMap((option) => {
    if (known.some((other) => option === other || option.startsWith(`${other}.`))) return [];
    const near = known.find((other) => config[other] === undefined && isNear(option, other));
    if (near === undefined) return [];
    return [
      {
        level: 'warning' as const,
        option,
        message: `${config['connector.class']} does not know this option, and ignores it; it knows ${near}.`,
        hint: `Did you mean ${near}? Change ${connectorPath(name, option)}.`,
      },
    ];
  });
}

function isNear(option: string, other: string): boolean {
  const plain = (text: string): string => text.replace(/[._-]/g, '').toLowerCase();
  return plain(option) === plain(other) || (option.length > 4 && distance(option, other) <= 2);
}
