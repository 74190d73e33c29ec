import { join, resolve } from 'node:path';
import type { FileArtifact } from '../core/artifact';
import { Failure, type Progress } from '../core/issue';
import type { EnvironmentModel, NodeModel } from '../core/model';
import { dueOf, runTimeOptions, type NodeControl, type NodeState, type RollNode } from '../core/roll';
import { renderHost } from '../host';
import { lockEnvironment } from './environment-lock';
import { findJava, kafkaHome, kafkaPaths } from './kafka-home';
import { recordState } from './local-state';
import { changedFiles, nodeFile, writeNodeFiles } from './node-files';
import { checkDisks, consoleLog, isFormatted, nodeFolder, nodeLayout } from './node-folder';
import { lastErrors } from './node-log';
import { nodeProcesses } from './node-processes';
import { formatNode, startNode } from './node-start';
import { makeSecrets } from './secrets';
import { stopProcess } from './stop-processes';

/** As systemd gives a node on a host: killed before its end, a broker recovers its whole log. */
const STOP_GRACE_MS = 600_000;

export interface ControlOptions {
  /** The folder that the model was resolved with: `localRoot(base, environment)`. */
  readonly root: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** @default the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
}

/** The nodes of an environment on this machine, one by one. */
export interface LocalControl extends NodeControl {
  /** Others may work on the environment again. */
  release(): void;
}

/** Keeps others from the environment, and makes ready what its nodes are to run with: nothing is stopped for want of it. */
export async function controlLocal(model: EnvironmentModel, options: ControlOptions): Promise<LocalControl> {
  const root = resolve(options.root);
  const { env = process.env, progress, signal } = options;
  const lock = lockEnvironment(root, 'kdk roll');
  try {
    checkDisks(root, model);
    makeSecrets(model, root);
    await findJava(env);
    const kafka = kafkaPaths(model.kafka.patch, env);
    await kafkaHome({ version: model.kafka.patch, metrics: model.metrics.enabled, progress, env, signal });
    const files = new Map(
      model.nodes.map((node) => [node.name, renderHost(model, node, nodeLayout(root, node.name, kafka))]),
    );
    const configDir = (name: string): string => join(nodeFolder(root, name), 'config');
    return {
      look: ({ name }) => {
        const running = nodeProcesses(root).get(name)?.node !== undefined;
        const log = consoleLog(root, name);
        if (!running) return Promise.resolve({ running, lastWords: lastErrors(log), log });
        return Promise.resolve({ running, ...changesOf(model, configDir(name), files.get(name)!) });
      },
      restart: async ({ name }) => {
        const node = nodeNamed(model, name);
        const process = nodeProcesses(root).get(name)?.node;
        if (process !== undefined && (await stopProcess(process, STOP_GRACE_MS)) === 'killed') throw killed(name);
        writeNodeFiles(configDir(name), files.get(name)!);
        if (!isFormatted(node)) await formatNode(root, node, { env, formation: 'formed' });
        await startNode(root, node, env);
        recordState(root, model, kafka.path);
      },
      release: () => lock.release(),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function changesOf(
  model: EnvironmentModel,
  configDir: string,
  artifacts: readonly FileArtifact[],
): Pick<NodeState, 'due' | 'atRunTime'> {
  const files = changedFiles(configDir, artifacts);
  if (files.length === 0) return {};
  const before = nodeFile(configDir, 'server.properties');
  const after = artifacts.find(({ path }) => path === 'server.properties')!.content;
  return dueOf(runTimeOptions(model), { files, after, ...(before === undefined ? {} : { before }) });
}

function nodeNamed(model: EnvironmentModel, name: RollNode['name']): NodeModel {
  return model.nodes.find((node) => node.name === name)!;
}

function killed(name: string): Failure {
  return new Failure(
    'NODE-KILLED',
    `${name} did not end within ${STOP_GRACE_MS / 60_000} minutes and was killed, got no end after SIGTERM; a controlled shutdown takes seconds.`,
    'Look at its server.log, and run it again: it starts the node, which recovers its logs first.',
  );
}
