import type { LogDirDescription } from '../port';
import type { DiskStatus } from './report';

/** What the log directories of one broker say in a line. */
export function diskStatus(logDirs: readonly LogDirDescription[]): DiskStatus {
  const [fullest] = logDirs
    .flatMap(({ path, offline, totalBytes, usableBytes }) =>
      offline || totalBytes === undefined || usableBytes === undefined || totalBytes <= 0
        ? []
        : [{ path, usedBytes: totalBytes - usableBytes, totalBytes }],
    )
    .sort((a, b) => b.usedBytes / b.totalBytes - a.usedBytes / a.totalBytes);
  return {
    dataBytes: logDirs.flatMap(({ replicas }) => replicas).reduce((sum, { bytes }) => sum + bytes, 0),
    ...(fullest === undefined ? {} : { fullest }),
    offline: logDirs.filter(({ offline }) => offline).map(({ path }) => path),
  };
}
