import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Place } from '../file-failure';

/** Where the kit keeps what several clones share: KDK_CACHE, else `kafka-deployment-kit` in XDG_CACHE_HOME or ~/.cache. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env.KDK_CACHE !== undefined && env.KDK_CACHE !== '') return env.KDK_CACHE;
  const base =
    env.XDG_CACHE_HOME === undefined || env.XDG_CACHE_HOME === '' ? join(homedir(), '.cache') : env.XDG_CACHE_HOME;
  return join(base, 'kafka-deployment-kit');
}

export function cachePlace(env: NodeJS.ProcessEnv): Place {
  return {
    code: 'CACHE-READ-ONLY',
    name: 'the cache for Apache Kafka',
    path: cacheFolder(env),
    hint: 'Set KDK_CACHE to a folder that can be written, or KAFKA_HOME to a Kafka that is unpacked already.',
  };
}
