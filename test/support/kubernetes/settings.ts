import { spawnSync } from 'node:child_process';

/** What the suite needs to know of the Kubernetes cluster, from variables of the environment. */
export interface KubernetesSettings {
  /** Image of brokers and workers. */
  readonly image: string;
  /** Image with kdk. */
  readonly toolsImage: string;
  /** The image of the Apache project, or one laid out like it. */
  readonly officialImage: string;
  /** Archives of images that are loaded first. */
  readonly archives: readonly string[];
  /** Command that loads an archive; `{file}` stands for it. */
  readonly load?: string;
  /** Runs a command on a machine that reaches the nodes, but not the pods; `{command}` stands for it. */
  readonly outside: string;
  /** Whether namespaces stay, to be looked at. */
  readonly keep: boolean;
}

/** Commands that take a node of Kubernetes away and bring it back; `{node}` stands for its name. */
export interface NodeCommands {
  readonly kill: string;
  readonly start: string;
  readonly cut: string;
  readonly mend: string;
}

const WANTED = {
  KUBECONFIG: 'a file that kubectl takes, of a cluster with three nodes that run pods',
  KDK_KUBERNETES_IMAGE: 'the image of brokers and workers, for example kafka:test',
  KDK_KUBERNETES_TOOLS_IMAGE: 'the image with kdk, for example kafka-tools:test',
} as const;

const NODE_COMMANDS = {
  kill: ['KDK_KUBERNETES_NODE_KILL', 'docker kill {node}'],
  start: ['KDK_KUBERNETES_NODE_START', 'docker start {node}'],
  cut: ['KDK_KUBERNETES_NODE_CUT', 'docker network disconnect kind {node}'],
  mend: ['KDK_KUBERNETES_NODE_MEND', 'docker network connect kind {node}'],
} as const;

/** The settings, or one error that names everything that is missing. */
export function kubernetesSettings(env: NodeJS.ProcessEnv = process.env): KubernetesSettings {
  const value = (name: string): string | undefined => ((env[name] ?? '') ? env[name] : undefined);
  const problems = Object.entries(WANTED)
    .filter(([name]) => value(name) === undefined)
    .map(([name, what]) => `${name} is not set; set it to ${what}.`);
  const load = value('KDK_KUBERNETES_LOAD');
  const archives = (value('KDK_KUBERNETES_ARCHIVES') ?? '').split(' ').filter((file) => file !== '');
  if (load !== undefined && !load.includes('{file}')) {
    problems.push(
      `KDK_KUBERNETES_LOAD has no {file}, got ${load}; a command such as "kind load image-archive {file}" is allowed.`,
    );
  }
  if (archives.length > 0 && load === undefined) {
    problems.push('KDK_KUBERNETES_LOAD is not set, but KDK_KUBERNETES_ARCHIVES is; set both, or none.');
  }
  if (load !== undefined && archives.length === 0) {
    problems.push('KDK_KUBERNETES_ARCHIVES is not set, but KDK_KUBERNETES_LOAD is; set both, or none.');
  }
  const outside = value('KDK_KUBERNETES_OUTSIDE') ?? '{command}';
  if (!outside.includes('{command}')) {
    problems.push(
      `KDK_KUBERNETES_OUTSIDE has no {command}, got ${outside}; a command such as "ssh bastion {command}" is allowed.`,
    );
  }
  if (problems.length > 0) {
    throw new Error(['the tests on Kubernetes cannot run:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
  return {
    image: value('KDK_KUBERNETES_IMAGE')!,
    toolsImage: value('KDK_KUBERNETES_TOOLS_IMAGE')!,
    officialImage: value('KDK_KUBERNETES_OFFICIAL_IMAGE') ?? 'apache/kafka:4.3.1',
    archives,
    outside,
    keep: value('KDK_KUBERNETES_KEEP') !== undefined,
    ...(load === undefined ? {} : { load }),
  };
}

/** The commands for nodes, or one error that names all that are missing. */
export function nodeCommands(env: NodeJS.ProcessEnv = process.env): NodeCommands {
  const problems = Object.values(NODE_COMMANDS)
    .filter(([name]) => !(env[name] ?? '').includes('{node}'))
    .map(([name, example]) => `${name} names no command with {node}; for example "${example}" is allowed.`);
  if (problems.length > 0) {
    const text = ['the tests that take nodes away cannot run:', ...problems.map((problem) => `  ${problem}`)];
    throw new Error(text.join('\n'));
  }
  const command = (of: keyof NodeCommands): string => env[NODE_COMMANDS[of][0]]!;
  return { kill: command('kill'), start: command('start'), cut: command('cut'), mend: command('mend') };
}

/** Runs a command of the settings in a shell. */
export function runCommand(command: string, placeholders: Readonly<Record<string, string>>): string {
  const text = Object.entries(placeholders).reduce((all, [name, value]) => all.replaceAll(`{${name}}`, value), command);
  const { status, stdout, stderr, error } = spawnSync('sh', ['-c', text], { encoding: 'utf8', timeout: 600_000 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`the command ended with ${status}: ${text}\n${stdout}${stderr}`);
  return stdout;
}
