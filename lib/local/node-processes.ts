import { listProcesses, type RunningProcess } from './process-table';

export interface NodeProcesses {
  /** The node itself. */
  readonly node?: RunningProcess;
  /** `kafka-storage format`, which a command that was killed may have left at work. */
  readonly format?: RunningProcess;
}

/**
 * The processes of an environment's nodes, by the node's name: those whose command line says that they run a node of this folder. No file
 * has to be believed: a node is found however the command that started it ended, and no process is taken for one that it is not.
 */
export function nodeProcesses(root: string): Map<string, NodeProcesses> {
  const found = new Map<string, NodeProcesses>();
  const prefix = `${root}/nodes/`;
  for (const process of listProcesses()) {
    const part = partOf(process.command, prefix);
    if (part === undefined) continue;
    found.set(part.name, { ...found.get(part.name), [part.kind]: process });
  }
  return found;
}

/** The scripts become the Java process, or start it; both forms count, so that there is no moment in which a node is not seen. */
function partOf(command: string, prefix: string): { name: string; kind: keyof NodeProcesses } | undefined {
  const words = command.split(' ');
  const script = /^\S*sh (.*)$/.exec(command)?.[1];
  if (script?.startsWith(prefix)) {
    const [, name, file] = /^([^/]+)\/config\/bin\/(start|format)\.sh$/.exec(script.slice(prefix.length)) ?? [];
    if (name !== undefined) return { name, kind: file === 'start' ? 'node' : 'format' };
  }
  const kind = words.includes('kafka.Kafka')
    ? 'node'
    : words.includes('kafka.tools.StorageTool')
      ? 'format'
      : undefined;
  const at = command.lastIndexOf(prefix);
  if (kind === undefined || at < 0) return undefined;
  const [, name] = /^([^/]+)\/config\/server\.properties( |$)/.exec(command.slice(at + prefix.length)) ?? [];
  return name === undefined ? undefined : { name, kind };
}
