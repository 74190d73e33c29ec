import { readFileSync } from 'node:fs';
import { hasErrors, Failure, formatIssue, type Issue } from '../../lib/core/issue';
import type { EnvironmentModel } from '../../lib/core/model';
import { lockPath, openEnvironment } from '../../lib/environment/open';

/** The model, if it is of this target. */
export function requireKubernetes(model: EnvironmentModel): EnvironmentModel {
  if (model.target === 'kubernetes' || model.brokersElsewhere !== undefined) return model;
  throw new Failure(
    'KUBERNETES-TARGET',
    `the environment ${model.name} is for another target, got ${model.target}; kubernetes is needed.`,
    'Set target: kubernetes, or read it with the option target.',
  );
}

/** Brokers are those of a chart beside the one at this path, or elsewhere. */
export function requireOneOf(
  path: string,
  { cluster, elsewhere }: { readonly cluster?: unknown; readonly elsewhere?: unknown },
): void {
  if ((cluster === undefined) !== (elsewhere === undefined)) return;
  throw new Failure(
    'CHART-PROPERTIES',
    `${path}: the brokers are not clear, got ${cluster === undefined ? 'neither' : 'both'} of cluster and elsewhere; one of them is needed.`,
    'Give cluster for brokers of this application, elsewhere for others.',
  );
}

interface ModelOptions {
  readonly formation?: EnvironmentModel['formation'] | undefined;
  /** The environment of brokers elsewhere, which the spec names as `./brokers.yaml`. */
  readonly brokers?: Record<string, unknown> | undefined;
  /** Path of the lock file; one that is not there yet is none. */
  readonly lockFile?: string | undefined;
}

/** What properties of a chart say, written as an environment and read, resolved and checked like any other. */
export function modelOfProperties(
  spec: Record<string, unknown>,
  chart: string,
  { formation, brokers, lockFile }: ModelOptions = {},
): EnvironmentModel {
  const path = 'environment.yaml';
  const opened = openEnvironment({
    path,
    ...(formation === undefined ? {} : { formation }),
    read: (file) => {
      if (file === path) return JSON.stringify(spec);
      if (file === 'brokers.yaml' && brokers !== undefined) return JSON.stringify(brokers);
      if (file === lockPath(path) && lockFile !== undefined) return readFileSync(lockFile, 'utf8');
      throw Object.assign(new Error('there is no other file'), { code: 'ENOENT' });
    },
  });
  if (opened.model !== undefined && !hasErrors(opened.issues)) return opened.model;
  const errors = opened.issues.filter(({ level }) => level === 'error');
  throw new Failure(
    'CHART-PROPERTIES',
    [`${chart} cannot be made:`, ...errors.map((issue) => `  ${formatIssue(withoutPosition(issue))}`)].join('\n'),
    errors[0]!.hint,
  );
}

/** The specs of a list of properties as a map; a name that comes twice is refused rather than replaced. */
export function byName<Item extends { _spec(): Record<string, unknown> }>(
  property: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
): Record<string, unknown> {
  const specs = new Map<string, unknown>();
  for (const item of items) {
    const name = nameOf(item);
    if (specs.has(name)) {
      throw new Failure(
        'CHART-PROPERTIES',
        `${property}: two have the same name, got ${name}; each needs its own.`,
        'Rename one of them.',
      );
    }
    specs.set(name, item._spec());
  }
  return Object.fromEntries(specs);
}

/** A line of a text that nobody wrote says nothing. */
function withoutPosition({ at: _, ...issue }: Issue): Issue {
  return issue;
}
