import type { Issue } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import { findCluster, givenCluster, type ClusterAddress } from './cluster';
import type { ClusterOptions } from './cluster-options';
import { openWithBrokers, type ValidEnvironment } from './open-valid';
import type { Context } from './outcome';
import { untilAborted } from './until-aborted';

/** An environment and where its live cluster is reached: what every command that speaks to one begins with. */
export interface OpenedCluster extends ValidEnvironment {
  readonly address: ClusterAddress;
}

export async function openCluster(
  argument: string,
  options: ClusterOptions,
  { progress, signal }: Context,
): Promise<OpenedCluster> {
  const opened = openWithBrokers(argument, options);
  const { bootstrap, commandConfig } = options;
  progress({ step: 'finding the cluster' });
  const found = findCluster(opened.model, {
    signal,
    ...(bootstrap === undefined ? {} : { bootstrap }),
    ...(commandConfig === undefined ? {} : { commandConfig }),
  });
  return { ...opened, address: await untilAborted(found, signal) };
}

/** A cluster with an environment or without one. */
export interface AnyCluster {
  readonly address: ClusterAddress;
  readonly issues: readonly Issue[];
  readonly name?: string;
  readonly model?: EnvironmentModel;
}

/** The cluster of an environment, or where none is named the one that the options say. */
export async function openAnyCluster(
  argument: string | undefined,
  options: ClusterOptions,
  context: Context,
): Promise<AnyCluster> {
  return argument === undefined
    ? { address: givenCluster(options), issues: [] }
    : openCluster(argument, options, context);
}
