/** Effective value of a topic's option. */
type ValueOf = (option: string) => string;

const AS_RETENTION = -2n;
const UNLIMITED = -1n;

/** Why a topic cannot be kept in tiered storage, or be taken out of it; org.apache.kafka.storage.internals.log.LogConfig. */
export function tieredProblem(valueOf: ValueOf, was: 'tiered' | 'local', storage: boolean): string | undefined {
  if (valueOf('remote.storage.enable') !== 'true') {
    return was === 'tiered' && valueOf('remote.log.delete.on.disable') !== 'true'
      ? 'It is invalid to disable remote storage without deleting remote data.'
      : undefined;
  }
  if (!storage) {
    return 'Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.';
  }
  if (!['', 'delete'].includes(valueOf('cleanup.policy').trim()))
    return 'Remote log storage only supports topics with cleanup.policy=delete or cleanup.policy being an empty list.';
  return localProblem(valueOf, 'retention.bytes') ?? localProblem(valueOf, 'retention.ms');
}

function localProblem(valueOf: ValueOf, option: string): string | undefined {
  const total = BigInt(valueOf(option));
  const local = BigInt(valueOf(`local.${option}`));
  if (local === AS_RETENTION || local === total) return undefined;
  if (valueOf('remote.log.copy.disable') === 'true')
    return `When \`remote.log.copy.disable\` is set to true, the \`local.${option}\` and \`${option}\` must be set to the identical value`;
  if (total === UNLIMITED || (local !== UNLIMITED && local < total)) return undefined;
  return `Invalid value ${local} for configuration local.${option}: Value must not be more than ${option} property value: ${total}`;
}
