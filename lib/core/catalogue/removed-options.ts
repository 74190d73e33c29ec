/** Removed before the oldest version of the catalogue, so that it does not know them (upgrade notes of Kafka 3.0, KIP-724 and others). */
const REMOVED_EARLIER: Readonly<Record<string, string>> = {
  'host.name': '3.0',
  port: '3.0',
  'advertised.host.name': '3.0',
  'advertised.port': '3.0',
  'quota.producer.default': '3.0',
  'quota.consumer.default': '3.0',
};

const KRAFT = 'Leave it out; Kafka keeps its metadata itself (KRaft), there is no ZooKeeper.';
const RECORD_FORMAT = 'Leave it out; every record is written in the format of message version 2 (KIP-724).';
const DOWN_CONVERSION = 'Leave it out; clients that need down-conversion are refused (KIP-896).';
const TIMESTAMPS = (prefix: string): string =>
  `Use ${prefix}message.timestamp.before.max.ms and ${prefix}message.timestamp.after.max.ms (KIP-937).`;
const CONTROLLED_SHUTDOWN = 'Leave it out; the KRaft controller takes part in a shutdown without retries.';
const LISTENERS = 'Describe the listener under listeners.';
const QUOTAS = 'Use principals.<name>.quota.';

/** What to do in place of a removed option, from the upgrade notes of 3.0, 4.0, 4.1 and 4.3, read 2026-11-23. */
const REPLACEMENTS: readonly { readonly match: RegExp; readonly instead: string }[] = [
  { match: /^zookeeper\./, instead: KRAFT },
  { match: /^password\.encoder\./, instead: 'Leave it out; only ZooKeeper needed passwords to be encoded.' },
  {
    match: /^(broker\.id\.generation\.enable|reserved\.broker\.max\.id)$/,
    instead: 'Use nodePools.<pool>.nodeIds.start.',
  },
  {
    match: /^inter\.broker\.protocol\.version$/,
    instead: 'Leave it out; the finalised feature levels of the cluster took its place (KIP-584).',
  },
  { match: /^(log\.)?message\.format\.version$/, instead: RECORD_FORMAT },
  { match: /^(log\.)?message\.downconversion\.enable$/, instead: DOWN_CONVERSION },
  { match: /^log\.message\.timestamp\.difference\.max\.ms$/, instead: TIMESTAMPS('log.') },
  { match: /^message\.timestamp\.difference\.max\.ms$/, instead: TIMESTAMPS('') },
  { match: /^control\.plane\.listener\.name$/, instead: 'Leave it out; the controllers have a listener of their own.' },
  { match: /^controlled\.shutdown\.(max\.retries|retry\.backoff\.ms)$/, instead: CONTROLLED_SHUTDOWN },
  { match: /^auto\.include\.jmx\.reporter$/, instead: 'List the reporters in metric.reporters (KIP-830).' },
  { match: /^delegation\.token\.master\.key$/, instead: 'Its new name is delegation.token.secret.key.' },
  {
    match: /^offsets\.commit\.required\.acks$/,
    instead: 'Leave it out; commits are acknowledged by all in-sync replicas.',
  },
  {
    match: /^eligible\.leader\.replicas\.enable$/,
    instead: 'Leave it out; the feature eligible.leader.replicas.version took its place (KIP-966).',
  },
  { match: /^group\.coordinator\.new\.enable$/, instead: 'Leave it out; the new coordinator is the only one.' },
  { match: /^group\.share\.enable$/, instead: 'Leave it out; the feature share.version took its place (KIP-932).' },
  { match: /^metadata\.log\.segment\.min\.bytes$/, instead: 'Use metadata.log.segment.bytes.' },
  { match: /^(advertised\.)?(host\.name|port)$/, instead: LISTENERS },
  { match: /^quota\.(producer|consumer)\.default$/, instead: QUOTAS },
];

/** The version that removed an option which no version of the catalogue has. */
export function removedEarlier(name: string): string | undefined {
  return Object.hasOwn(REMOVED_EARLIER, name) ? REMOVED_EARLIER[name] : undefined;
}

/** What to do in place of a removed option, as a sentence. */
export function insteadOfRemoved(name: string): string {
  return REPLACEMENTS.find(({ match }) => match.test(name))?.instead ?? 'Leave it out; nothing took its place.';
}
