import { formatLock, lockEntry, withTarget, type TargetLock } from '../../core/lock';
import { lockPath } from '../../environment/open';
import { writeAtomically } from '../atomic-file';
import { compareLeaves, describeDifference, leavesOf, type Difference } from '../leaves';
import { openOwnCluster } from '../open-valid';
import type { CommonOptions, Outcome } from '../outcome';
import { readText } from '../read-text';

export interface LockOptions extends CommonOptions {
  /** Record that the cluster was formed; from then on empty disks join instead of starting a new cluster. */
  readonly formed?: boolean;
}

/** `kdk lock ENV`: writes what must not change by accident beside the environment. */
export function lock(argument: string, options: LockOptions): Outcome {
  // A warning may be just that the lock is missing or old.
  const { strict: _strict, ...lenient } = options;
  const { model, path, name, opened } = openOwnCluster(argument, lenient);
  const entry = options.formed === true ? lockEntry(model, true) : lockEntry(model);
  const file = lockPath(path);
  const text = formatLock(withTarget(opened.lock, name, model.target, entry));
  const changes = compareLocks(opened.lock?.targets[model.target], entry);
  const isWritten = text !== existing(file);
  if (isWritten) writeAtomically(file, text);
  return {
    environment: name,
    issues: openOwnCluster(argument, lenient).issues,
    result: { file, target: model.target, written: isWritten, changes },
    lines: isWritten
      ? [
          ...(opened.lock?.targets[model.target] === undefined
            ? [`${model.target} is locked for the first time: ${describeEntry(entry)}`]
            : changes.map((change) => describeDifference(change, 'the lock before', 'the lock now'))),
          `wrote ${file}; commit it together with the environment`,
        ]
      : [`${file} is up to date`],
  };
}

function compareLocks(before: TargetLock | undefined, after: TargetLock): Difference[] {
  return before === undefined ? [] : compareLeaves(leavesOf(before), leavesOf(after));
}

function describeEntry({ nodes, topics, voters, formed }: TargetLock): string {
  const counts = [
    `${Object.keys(nodes).length} nodes`,
    `${voters.length} voters`,
    `${Object.keys(topics).length} topics`,
  ];
  return `${counts.join(', ')}, ${formed ? 'formed' : 'not yet formed'}`;
}

function existing(file: string): string | undefined {
  try {
    return readText(file);
  } catch {
    return undefined;
  }
}
