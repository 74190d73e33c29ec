import type { FileArtifact } from '../core/artifact';
import { Failure } from '../core/issue';
import { lockEntry, parseLock, type TargetLock } from '../core/lock';
import type { EnvironmentModel } from '../core/model';
import { openOwnCluster } from './open-valid';
import { textFile } from './text-file';

export interface Day2Options {
  /** A lock file, or a former environment file. */
  readonly since?: string;
}

/** How the cluster that runs becomes the one of the model. */
export function day2Files(model: EnvironmentModel, { since }: Day2Options): FileArtifact[] {
  if (model.target !== 'kubernetes') {
    throw new Failure(
      'USAGE',
      `there is no runbook of this target, got --day2 for ${model.target}; kubernetes has one.`,
      'See docs/runbooks for the others.',
      2,
    );
  }
  const before = since === undefined ? model.lock : entryOf(model, since);
  if (before === undefined) {
    throw new Failure(
      'LOCK-MISSING',
      `nothing says what runs, got no lock of ${model.name}; a runbook is made from what was before.`,
      'Run kdk lock when it is deployed and commit the file, or name a former environment file with --since.',
    );
  }
  const { renderDay2 } = require('../../charts/render-day2') as typeof import('../../charts/render-day2');
  return renderDay2(model, { before, since: since ?? 'what is locked' });
}

function entryOf(model: EnvironmentModel, since: string): TargetLock | undefined {
  if (since.endsWith('.lock.json')) {
    const parsed = parseLock(textFile(since, 'the lock'));
    if ('lock' in parsed) return parsed.lock.targets[model.target];
    throw new Failure(
      'LOCK-UNREADABLE',
      `the lock file cannot be read, got ${parsed.problem}; it is written by kdk lock.`,
      'Restore it from version control.',
    );
  }
  const former = openOwnCluster(since, { target: model.target }).model;
  if (former.name === model.name) return lockEntry(former, model.formation === 'formed');
  throw new Failure(
    'USAGE',
    `these are two clusters, got ${former.name} in --since ${since}; a former file of ${model.name} is needed.`,
    'Take it out of version control: git show HEAD~1:environments/NAME.yaml > former.yaml.',
    2,
  );
}
