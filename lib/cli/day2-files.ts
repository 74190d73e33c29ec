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

interface Since {
  readonly before: TargetLock;
  readonly since: string;
}

const RENDERERS: Partial<
  Record<EnvironmentModel['target'], (model: EnvironmentModel, since: Since) => FileArtifact[]>
> = {
  kubernetes: (model, since) =>
    (require('../../charts/render-day2') as typeof import('../../charts/render-day2')).renderDay2(model, since),
  hosts: (model, since) => (require('../host') as typeof import('../host')).renderHostsDay2(model, since),
};

/** How the cluster that runs becomes the one of the model. */
export function day2Files(model: EnvironmentModel, { since }: Day2Options): FileArtifact[] {
  const render = RENDERERS[model.target];
  if (render === undefined) {
    throw new Failure(
      'USAGE',
      `there is no runbook of this target, got --day2 for ${model.target}; ${Object.keys(RENDERERS).join(' and ')} have one.`,
      'On Amazon MSK and EC2 a change is a cdk deploy, on this machine a kdk up.',
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
  return render(model, { before, since: since ?? 'what is locked' });
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
