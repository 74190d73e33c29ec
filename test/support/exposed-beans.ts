import { JMX_OBJECT_NAMES } from '../../lib/core/config/jmx-object-names';
import { JMX_RULES } from '../../lib/core/config/jmx-rules';

export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A value of a bean as Kafka has it: `kafka.server:type=KafkaServer,name=BrokerState Value`, with a text `state: leader`. */
export interface BeanValue {
  readonly bean: string;
  readonly attribute: string;
  readonly value?: string;
}

/** Whether the exporter looks at a bean at all. */
export function isAllowed(bean: string): boolean {
  const [domain, keys] = [bean.slice(0, bean.indexOf(':')), bean.slice(bean.indexOf(':') + 1).split(',')];
  return JMX_OBJECT_NAMES.some((allowed) => {
    const [allowedDomain, ...rest] = allowed.split(':');
    const wanted = rest.join(':').split(',');
    const isOpen = wanted.includes('*');
    const named = wanted.filter((key) => key !== '*');
    return (
      domain === allowedDomain &&
      (isOpen || named.length === keys.length) &&
      named.every((key) => keys.some((own) => glob(key).test(own)))
    );
  });
}

/** What becomes of it, as the exporter does it: the first rule whose pattern is found names it. */
export function seriesOf({ bean, attribute, value = '1.0' }: BeanValue): Series | undefined {
  if (!isAllowed(bean)) return undefined;
  const named = `${bean.replace(':', '<').replaceAll(',', ', ')}><>${attribute}: `;
  for (const { pattern, name, value: fixed, labels = {} } of JMX_RULES) {
    // What is looked for once by its name does not see the value.
    const found = new RegExp(pattern).exec(`${named}${fixed === undefined ? '<cache>' : value}`);
    if (found === null) continue;
    const filled = (template: string): string =>
      template.replaceAll(/\$(\d)/g, (_, group) => found[Number(group)] ?? '');
    return {
      name: safe(filled(name)),
      labels: Object.fromEntries(Object.entries(labels).map(([label, of]) => [safe(filled(label)), filled(of)])),
    };
  }
  return undefined;
}

function safe(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9:_]+/g, '_').toLowerCase();
}

function glob(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('.', '[.]').replaceAll('*', '.*')}$`);
}
