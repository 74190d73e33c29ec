import type { EnvironmentModel } from '../model';

/** What producers write in a second by what the topics declare; 0 where none does. */
export function bytesPerSecondDeclared({ topics }: EnvironmentModel): number {
  return topics.reduce((sum, { load }) => sum + (load?.produceBytesPerSecond ?? 0), 0);
}

/** How full a disk may be: beyond `planned` half of the room is used up that was left for a lost broker, beyond `critical` all of it. */
export function diskShares({ capacity }: EnvironmentModel): {
  readonly planned: number;
  readonly warning: number;
  readonly critical: number;
} {
  const planned = capacity.maxDiskUtilization;
  return { planned, warning: Math.round((planned + (1 - planned) / 2) * 100) / 100, critical: 0.95 };
}

/** Replicas of a broker: what Amazon MSK recommends at most for its largest ones (developer guide, 2026-11); its smaller ones get less. */
export const MOST_REPLICAS = 4_000;

/** Of what producers wait for, at the 99th percentile; what takes longer is a disk, a follower or a queue that stalls. */
export const SLOW_PRODUCE_MS = 1_000;
