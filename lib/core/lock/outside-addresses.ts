import type { EnvironmentModel } from '../model/model';

/** Clients outside, their firewalls and records know these. */
export function outsideAddresses({ listeners }: EnvironmentModel): Record<string, string> {
  const facts: [string, string | undefined][] = listeners.flatMap(
    ({ name, external }): [string, string | undefined][] => {
      if (external === undefined) return [];
      const { settings, expose, port } = external;
      const at = (setting: string): string => `targets.kubernetes.listeners.${name}.${setting}`;
      return [
        [at('host'), settings.host],
        [at('bootstrapHost'), settings.bootstrapHost],
        [at('firstNodePort'), settings.firstNodePort?.toString()],
        [at('bootstrapNodePort'), settings.bootstrapNodePort?.toString()],
        [at('port'), expose === 'load-balancer' ? String(port) : undefined],
      ];
    },
  );
  return Object.fromEntries(facts.filter((fact): fact is [string, string] => fact[1] !== undefined));
}
