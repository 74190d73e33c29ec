import { nodeOptions } from '../../core/config';
import type { EnvironmentModel } from '../../core/model';
import { sameValue } from '../../core/plan/topics/same-value';
import type { ConfigEntry } from '../port';
import { count, listSome, ok, wrong, type VerifyCheck } from './check';

const AUTO_CREATE = 'auto.create.topics.enable';

/** What each broker says of itself, by its id. */
export type BrokerOptions = ReadonlyMap<number, readonly ConfigEntry[]>;

/** The options that the environment sets on brokers, the kit's defaults included. */
export function declaredOptions(model: EnvironmentModel): string[] {
  const ofPools = model.pools.flatMap((pool) => [...pool.config.keys()]);
  return [...new Set([...model.brokerConfig.keys(), ...ofPools, AUTO_CREATE])];
}

export function checkBrokerConfig(model: EnvironmentModel, brokers: BrokerOptions): VerifyCheck[] {
  const problems: string[] = [];
  const compared = new Set<string>();
  for (const [id, entries] of brokers) {
    const options = optionsOf(model, id);
    for (const { option, value, source } of entries) {
      const declared = options.get(option);
      // Secrets are never told, and no broker is asked only for what concerns it.
      if (declared === undefined || value === undefined) continue;
      compared.add(option);
      if (!sameValue(declared, value))
        problems.push(`${option} is ${value} on broker ${id} (${source}), declared ${declared}`);
    }
  }
  const on = [...brokers]
    .filter(([, entries]) => entries.some(({ option, value }) => option === AUTO_CREATE && value === 'true'))
    .map(([id]) => String(id));
  const declaredOn = model.brokerConfig.get(AUTO_CREATE)?.value === 'true';
  return [
    problems.length === 0
      ? ok({
          id: 'BROKER-CONFIG',
          evidence: `${count(compared.size, 'option')} as declared on ${count(brokers.size, 'broker')}`,
        })
      : wrong(
          { id: 'BROKER-CONFIG', evidence: listSome(problems) },
          'Restart brokers that run with an old file; remove dynamic options that hide it with kafka-configs.',
        ),
    on.length === 0 || declaredOn
      ? ok({ id: 'AUTO-CREATE', evidence: declaredOn ? 'on, as declared' : 'off on every broker' })
      : wrong(
          { id: 'AUTO-CREATE', evidence: `on at broker ${on.join(', ')}` },
          'Switch it off: a mistyped topic name must fail, not create a topic that nobody declared.',
        ),
  ];
}

function optionsOf(model: EnvironmentModel, id: number): ReadonlyMap<string, string> {
  const node = model.nodes.find((candidate) => candidate.id === id);
  if (node !== undefined) return nodeOptions(model, node);
  return new Map([...model.brokerConfig].map(([option, { value }]) => [option, value]));
}
