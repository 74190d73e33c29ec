import type { ConnectorModel } from './connect-model';

/** Group of the consumers of a sink; undefined for a source. Every sink names its topics, and no source does but those of MirrorMaker. */
export function sinkGroup({ name, className, config }: ConnectorModel): string | undefined {
  if (/^org\.apache\.kafka\.connect\.mirror\.Mirror(Source|Checkpoint)Connector$/.test(className)) return undefined;
  if (config['topics'] === undefined && config['topics.regex'] === undefined) return undefined;
  return config['consumer.override.group.id'] ?? `connect-${name}`;
}
