/** Prefixes below which anything may stand: what is there belongs to a plugin, not to Kafka. */
const CONFIG_PROVIDERS = 'config.providers'; // taken by every version, listed by its ConfigDef from 4.2 on (KIP-421)
const PLUGIN_PREFIXES: readonly { readonly option: string; readonly initial: string }[] = [
  { option: 'remote.log.storage.manager.impl.prefix', initial: 'rsm.config.' },
  { option: 'remote.log.metadata.manager.impl.prefix', initial: 'rlmm.config.' },
];

/** Options that name classes. A class that is not Kafka's own may read options that no catalogue knows. */
const CLASS_OPTIONS: readonly string[] = [
  'alter.config.policy.class.name',
  'client.quota.callback.class',
  'create.topic.policy.class.name',
  'kafka.metrics.reporters',
  'metric.reporters',
  'principal.builder.class',
  'remote.log.metadata.manager.class.name',
  'remote.log.storage.manager.class.name',
  'replica.selector.class',
  'security.providers',
  'ssl.engine.factory.class',
];

type Options = Readonly<Record<string, string | number | boolean>>;

/** Whether a broker takes the option for one of its plugins; `options` are all that it gets. */
export function isPluginOption(name: string, options: Options): boolean {
  if (name === CONFIG_PROVIDERS || name.startsWith(`${CONFIG_PROVIDERS}.`)) return true;
  return PLUGIN_PREFIXES.some(({ option, initial }) => name.startsWith(String(options[option] ?? initial)));
}

/** The classes among `options` that are not Kafka's own. */
export function foreignClasses(options: Options): string[] {
  return CLASS_OPTIONS.flatMap((name) => String(options[name] ?? '').split(/\s*,\s*/)).filter(
    (name) => name !== '' && !name.startsWith('org.apache.kafka.'),
  );
}
