import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FileArtifact } from '../core/artifact';
import { Failure, type Progress } from '../core/issue';
import type { EnvironmentModel, NodeModel } from '../core/model';
import { renderHost } from '../host';
import { lockEnvironment } from './environment-lock';
import { writing, type Place } from './file-failure';
import { findJava, kafkaHome, kafkaPaths } from './kafka-home';
import { localState, recordState, type LocalState } from './local-state';
import { changedFiles, writeNodeFiles } from './node-files';
import { checkDisks, isFormatted, localFormation, nodeLayout, serverLog, nodeFolder } from './node-folder';
import { StageLog } from './node-log';
import { nodeProcesses, type NodeProcesses } from './node-processes';
import { untilReady } from './node-ready';
import { formatNode, startNode, type StartedNode } from './node-start';
import { requireFreePorts } from './ports';
import { makeSecrets } from './secrets';
import { ended, stopProcess } from './stop-processes';

/** A format tool that a killed command left at work ends within seconds. */
const FORMAT_TIMEOUT_MS = 60_000;
/** Nodes of a start that failed or was interrupted: they served nobody yet. */
const CANCEL_GRACE_MS = 10_000;

/** Nodes that were told to end, with or without a quorum left to grant it. */
const LEAVE_GRACE_MS = 30_000;

export interface UpOptions {
  /** The folder that the model was resolved with: `localRoot(base, environment)`. */
  readonly root: string;
  readonly progress: Progress;
  /** Ends what this call started, in a state that the next one goes on from. */
  readonly signal?: AbortSignal;
  /** @default the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
}

export interface LocalCluster extends LocalState {
  /** `started`: nothing ran; `repaired`: some nodes ran and the others were started; `found`: all ran already. */
  readonly outcome: 'started' | 'repaired' | 'found';
  /** Names of the nodes that this call started. */
  readonly started: readonly string[];
}

/** Runs the nodes of an environment as processes of this machine, and returns when all of them serve. They outlive this process. */
export async function upLocal(model: EnvironmentModel, options: UpOptions): Promise<LocalCluster> {
  const root = resolve(options.root);
  const place = folderPlace(root);
  const lock = await writing(place, () => {
    mkdirSync(root, { recursive: true });
    return lockEnvironment(root, 'kdk up');
  });
  try {
    return await writing(place, () => bringUp({ ...model, formation: localFormation(root) }, { ...options, root }));
  } catch (error) {
    throw options.signal?.aborted === true ? interrupted() : error;
  } finally {
    lock.release();
  }
}

async function bringUp(model: EnvironmentModel, options: UpOptions): Promise<LocalCluster> {
  const { root, progress, signal, env = process.env } = options;
  checkDisks(root, model);
  const kafka = kafkaPaths(model.kafka.patch, env);
  const files = new Map(
    model.nodes.map((node) => [node.name, renderHost(model, node, nodeLayout(root, node.name, kafka))]),
  );
  makeSecrets(model, root);
  await untilLeft(root, progress);
  const processes = nodeProcesses(root);
  requireUnchanged(root, model, processes, files);
  const running = model.nodes.flatMap((node): StartedNode[] => {
    const found = processes.get(node.name)?.node;
    return found === undefined ? [] : [{ node, process: found, exit: () => undefined }];
  });
  const missing = model.nodes.filter((node) => processes.get(node.name)?.node === undefined);
  if (missing.length > 0) {
    await requireFreePorts(missing, env);
    await findJava(env);
    await kafkaHome({
      version: model.kafka.patch,
      metrics: model.metrics.enabled,
      progress,
      env,
      ...(signal === undefined ? {} : { signal }),
    });
  }
  if (missing.length > 0 || localState({ root }) === undefined) recordState(root, model, kafka.path);
  const started: StartedNode[] = [];
  try {
    await prepare(missing, { ...options, env, formation: model.formation, processes, files });
    signal?.throwIfAborted();
    for (const node of missing) started.push(await startNode(root, node, env));
    await untilReady(root, [...running, ...started], { progress, ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    if (started.length > 0) progress({ step: 'stopping nodes', detail: 'those that this command started' });
    await Promise.all(started.map(({ process }) => stopProcess(process, CANCEL_GRACE_MS)));
    throw error;
  }
  return {
    ...localState({ root })!,
    outcome: missing.length === 0 ? 'found' : running.length === 0 ? 'started' : 'repaired',
    started: missing.map(({ name }) => name),
  };
}

/** Nodes that a `down` told to end, before it was killed, are not running ones: they are given the time that it would have given them. */
async function untilLeft(root: string, progress: Progress): Promise<void> {
  const leaving = [...nodeProcesses(root)].flatMap(([name, { node }]) =>
    node !== undefined && new StageLog(serverLog(root, name)).stage() === 'ending' ? [{ name, node }] : [],
  );
  if (leaving.length === 0) return;
  progress({ step: 'stopping nodes', detail: `waiting for ${leaving.map(({ name }) => name).join(', ')}` });
  await Promise.all(leaving.map(({ node }) => stopProcess(node, LEAVE_GRACE_MS)));
}

interface Preparation extends UpOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly formation: 'first' | 'formed';
  readonly processes: ReadonlyMap<string, NodeProcesses>;
  readonly files: ReadonlyMap<string, readonly FileArtifact[]>;
}

/** Writes the files of nodes that do not run and formats what is not formatted, all at once: each takes one Java of its own. */
async function prepare(nodes: readonly NodeModel[], options: Preparation): Promise<void> {
  const { root, env, formation, processes, files, progress, signal } = options;
  for (const node of nodes) {
    const left = processes.get(node.name)?.format;
    if (left !== undefined) await ended(left, FORMAT_TIMEOUT_MS);
    writeNodeFiles(join(nodeFolder(root, node.name), 'config'), files.get(node.name)!);
  }
  const empty = nodes.filter((node) => !isFormatted(node));
  if (empty.length === 0) return;
  let done = 0;
  progress({ step: 'formatting nodes', done, total: empty.length });
  const results = await Promise.allSettled(
    empty.map(async (node) => {
      await formatNode(root, node, { env, formation, ...(signal === undefined ? {} : { signal }) });
      progress({ step: 'formatting nodes', done: (done += 1), total: empty.length });
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Nodes that run keep what they were started with, and nodes with old and new files may not find each other. */
function requireUnchanged(
  root: string,
  model: EnvironmentModel,
  processes: ReadonlyMap<string, NodeProcesses>,
  files: ReadonlyMap<string, readonly FileArtifact[]>,
): void {
  const changed = model.nodes.flatMap(({ name }) => {
    if (processes.get(name)?.node === undefined) return [];
    const configDir = join(nodeFolder(root, name), 'config');
    return changedFiles(configDir, files.get(name)!).map((path) => `nodes/${name}/config/${path}`);
  });
  if (changed.length === 0) return;
  throw new Failure(
    'CONFIG-CHANGED',
    `the running nodes were started with other files than the environment gives now, got ${changed.join(', ')} in ${root}; nodes read them only when they start.`,
    'Run kdk roll to restart them one by one, or kdk down and then kdk up: the data is kept.',
  );
}

function folderPlace(root: string): Place {
  return {
    code: 'LOCAL-FOLDER-READ-ONLY',
    name: "the folder of the environment's nodes",
    path: root,
    hint: 'Work in a folder that this user may write.',
  };
}

function interrupted(): Failure {
  return new Failure(
    'INTERRUPTED',
    'starting the nodes was interrupted, got a request to stop; what this command had started was stopped again.',
    'Run kdk up again: it goes on from what is there.',
  );
}
