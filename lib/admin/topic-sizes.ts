import type { LogDirDescription } from './port';

export interface TopicSize {
  readonly topic: string;
  /** Of all its replicas. */
  readonly bytes: number;
}

/** How much topics keep on the brokers that were asked, the largest first. */
export function topicSizes(logDirs: readonly LogDirDescription[]): TopicSize[] {
  const sizes = new Map<string, number>();
  for (const { replicas } of logDirs)
    for (const { topic, bytes } of replicas) sizes.set(topic, (sizes.get(topic) ?? 0) + bytes);
  return [...sizes]
    .map(([topic, bytes]) => ({ topic, bytes }))
    .sort((a, b) => b.bytes - a.bytes || (a.topic < b.topic ? -1 : 1));
}
