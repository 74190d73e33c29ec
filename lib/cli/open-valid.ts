import { Failure, hasErrors, nearest, type Issue } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import { TARGETS, type TargetName } from '../core/spec';
import { openEnvironment, type OpenedEnvironment, type OpenOptions } from '../environment/open';
import { runWithMetrics } from '../local/local-state';
import { localRoot } from '../local/node-folder';
import { findEnvironment } from './environment-argument';
import { InvalidEnvironment, type CommonOptions } from './outcome';
import { readText } from './read-text';
import { requireBrokers, requireOwnCluster } from '../environment/own-cluster';

/** An environment without errors: what every command but `validate` starts from. */
export interface ValidEnvironment {
  readonly path: string;
  /** Of the file; the name of the cluster is `model.name`. */
  readonly name: string;
  readonly model: EnvironmentModel;
  /** Warnings. */
  readonly issues: readonly Issue[];
  readonly opened: OpenedEnvironment;
}

export function targetOption(target: string | undefined): { target?: TargetName } {
  if (target === undefined) return {};
  const known: readonly string[] = TARGETS;
  if (known.includes(target)) return { target: target as TargetName };
  const near = nearest(target, known);
  throw new Failure(
    'TARGET-UNKNOWN',
    `there is no such target, got ${JSON.stringify(target)}; ${known.join(', ')} are allowed.`,
    near === undefined ? 'Choose one of them.' : `Did you mean ${near}?`,
    2,
  );
}

/** What commands that run nodes on this machine, or watch them, say beyond the file. */
export interface OpenExtra extends Pick<OpenOptions, 'explain'> {
  /** A laptop's nodes have an exporter. @default as those have that run */
  readonly localMetrics?: 'on';
}

/** Opens an environment by its argument; throws where it is not valid. */
export function openValid(argument: string, options: CommonOptions, extra: OpenExtra = {}): ValidEnvironment {
  const target = targetOption(options.target);
  const { path } = findEnvironment(argument);
  const { localMetrics, ...all } = extra;
  const open = (more: Pick<OpenOptions, 'localRoot' | 'metrics'>): OpenedEnvironment =>
    openEnvironment({ path, read: readText, ...target, ...all, ...more });
  let opened = open({});
  // The folder of a laptop's nodes is named after the environment, whose name is known only now.
  if (opened.spec?.target === 'local') {
    const root = localRoot('.', opened.spec.name);
    opened = open({ localRoot: root, ...(localMetrics === 'on' || runWithMetrics(root) ? { metrics: 'on' } : {}) });
  }
  const { model, issues } = opened;
  if (model === undefined || hasErrors(issues) || (options.strict === true && issues.length > 0)) {
    throw new InvalidEnvironment(opened.spec?.owner ?? opened.spec?.name ?? argument, issues);
  }
  return { path, name: model.brokersElsewhere?.environment ?? model.owner, model, issues, opened };
}

/** As `openValid`, for commands that speak to brokers: they refuse a file that has none. */
export function openWithBrokers(argument: string, options: CommonOptions): ValidEnvironment {
  const valid = openValid(argument, options);
  requireBrokers(valid.model);
  return valid;
}

/** As `openValid`, for commands that make, run or lock a cluster: they refuse a file that adds to the cluster of another. */
export function openOwnCluster(argument: string, options: CommonOptions, extra: OpenExtra = {}): ValidEnvironment {
  const valid = openValid(argument, options, extra);
  requireOwnCluster(valid.model);
  return valid;
}
