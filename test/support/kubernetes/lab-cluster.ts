import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { TemporaryProject } from '../kdk';
import type { Manifest } from '../manifests';
import { applyObjects, kubectlJson, within } from './kubectl';
import { LAB, labEnvironment, LOAD_USER, type LabEnvironmentOptions } from './lab-environment';
import { labSecrets } from './lab-secrets';
import { say } from './progress';
import { Runbook } from './runbook';
import { kubernetesSettings } from './settings';
import { TestNamespace } from './test-namespace';

export type LabClusterOptions = Omit<LabEnvironmentOptions, 'namespace' | 'version' | 'image'> & {
  /** Called by this in the name of its namespace. */
  readonly theme: string;
  readonly image?: string;
  /** Addresses that brokers have for clients outside, for their certificate. */
  readonly addresses?: readonly string[];
  /** More users with a password, by the name of their Secret. */
  readonly passwords?: Readonly<Record<string, string>>;
  /** More Secrets, by name. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

export const BROKERS = 'kafka-deployment-kit/broker=true';
export const CONTROLLERS = 'kafka-deployment-kit/controller=true';
export const PASSWORD = 'correct-horse-battery-staple';

/** An environment that was rendered by the command line to files, which kubectl applies. */
export class LabCluster {
  static async create(options: LabClusterOptions): Promise<LabCluster> {
    const {
      theme,
      addresses = [],
      passwords = {},
      secrets = {},
      image = kubernetesSettings().image,
      ...environment
    } = options;
    const version = await kubernetesVersion();
    const namespace = await TestNamespace.create(theme);
    await applyObjects(
      labSecrets({
        namespace: namespace.name,
        passwords: { [`${LAB}-user-${LOAD_USER}`]: PASSWORD, ...passwords },
        secrets,
        addresses,
      }),
    );
    return new LabCluster(namespace, (more) =>
      labEnvironment({ ...environment, image, version, namespace: namespace.name, ...more }),
    );
  }

  readonly #project = new TemporaryProject();

  private constructor(
    readonly namespace: TestNamespace,
    private readonly text: (more: Partial<LabEnvironmentOptions>) => string,
  ) {}

  /** Locks and renders, as it is documented. `formed` records that the cluster was formed. */
  async render(more: Partial<LabEnvironmentOptions> & { readonly formed?: boolean } = {}): Promise<void> {
    const { formed = false, ...options } = more;
    this.#project.write(`environments/${LAB}.yaml`, this.text(options));
    await this.#kdk(['lock', LAB, ...(formed ? ['--formed'] : [])]);
    await this.#kdk(['render', LAB, '--out', 'dist']);
  }

  /** Renders a change of what is locked, and its day 2; gives the runbook. `lock` records it once it was followed. */
  async renderChange(more: Partial<LabEnvironmentOptions>): Promise<Runbook> {
    this.#project.write(`environments/${LAB}.yaml`, this.text(more));
    await this.#kdk(['render', LAB, '--out', 'dist']);
    await this.#kdk(['render', LAB, '--day2', 'day2']);
    return new Runbook(this.#project.path('day2'), this.#project.path('dist'));
  }

  async lock(): Promise<void> {
    await this.#kdk(['lock', LAB]);
  }

  /** Changes rendered objects before they are applied, where a test takes a part out. */
  edit(kind: string, change: (object: Manifest) => void): void {
    let changed = 0;
    for (const file of this.#files()) {
      const object = parse(readFileSync(file, 'utf8')) as Manifest;
      if (object.kind !== kind) continue;
      change(object);
      writeFileSync(file, stringify(object));
      changed++;
    }
    if (changed === 0) throw new Error(`nothing of the kind ${kind} was rendered`);
  }

  /** `kubectl apply` of the folder; gives its lines and warnings. */
  async apply(): Promise<string[]> {
    const { stdout, stderr, status } = await this.namespace.attempt(['apply', '-f', this.#project.path('dist')], 300);
    if (status !== 0) throw new Error(`kubectl apply ended with ${status}\n${stderr}`);
    return `${stdout}${stderr}`.trim().split('\n');
  }

  /** Renders, applies and waits until every node is Ready; gives the seconds that it took after it was applied. */
  async form(): Promise<number> {
    await this.render();
    say('applying');
    await this.apply();
    return this.untilReady();
  }

  async untilReady(seconds = 900): Promise<number> {
    const began = Date.now();
    const wanted = this.nodeCount();
    say(`waiting for ${wanted} nodes`);
    try {
      await within(seconds, async () => {
        const pods = await this.nodes();
        const ready = pods.filter(isReady);
        if (ready.length < wanted) throw new Error(`only ${ready.length} of ${wanted} nodes are Ready`);
      });
    } catch (error) {
      const seen = `${await this.namespace.describe()}${await this.#logs()}`;
      throw new Error(`${(error as Error).message}\n${seen}`, { cause: error });
    }
    return Math.round((Date.now() - began) / 1000);
  }

  /** How many controllers and brokers were rendered. */
  nodeCount(): number {
    return this.rendered('StatefulSet')
      .filter(({ metadata }) => metadata.labels['app.kubernetes.io/name'] === 'kafka')
      .reduce((sum, { spec }) => sum + (spec.replicas as number), 0);
  }

  nodes(selector = `app.kubernetes.io/name=kafka,app.kubernetes.io/instance=${LAB}`): Promise<Manifest[]> {
    return this.namespace.list('pods', selector);
  }

  /** Waits for the Jobs that make topics, users and connectors; gives their logs. */
  async reconciled(seconds = 420): Promise<string> {
    const logs: string[] = [];
    for (const { metadata } of this.rendered('Job')) {
      const { name } = metadata;
      say(`waiting for the Job ${name}`);
      const { status } = await this.namespace.attempt(
        ['wait', '--for=condition=Complete', `job/${name}`, `--timeout=${seconds}s`],
        seconds + 30,
      );
      const { stdout } = await this.namespace.attempt(['logs', `job/${name}`]);
      if (status !== 0)
        throw new Error(`the Job ${name} is not complete\n${stdout}\n${await this.namespace.describe()}`);
      logs.push(stdout);
    }
    return logs.join('\n');
  }

  /** Objects of a kind as they are in the folder. */
  rendered(kind: string): Manifest[] {
    return this.#files()
      .map((file) => parse(readFileSync(file, 'utf8')) as Manifest)
      .filter((object) => object.kind === kind);
  }

  async remove(): Promise<void> {
    this.#project.remove();
    await this.namespace.remove();
  }

  #files(): string[] {
    const files = readdirSync(this.#project.path('dist')).filter((file) => file.endsWith('.yaml'));
    return files.map((file) => this.#project.path('dist', file));
  }

  async #kdk(args: readonly string[]): Promise<void> {
    const { status, stdout, stderr } = await this.#project.kdk(args);
    if (status !== 0) throw new Error(`kdk ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  }

  async #logs(): Promise<string> {
    const unready = (await this.nodes()).filter((pod) => !isReady(pod));
    const logs = await Promise.all(
      unready.map(async ({ metadata }) => {
        const { stdout, stderr } = await this.namespace.attempt(['logs', metadata.name, '--tail=15']);
        return `\n--- ${metadata.name}\n${stdout}${stderr}`;
      }),
    );
    return logs.join('');
  }
}

export function isReady(pod: Manifest): boolean {
  const conditions = (pod.status?.conditions ?? []) as { type: string; status: string }[];
  return (
    pod.metadata.deletionTimestamp === undefined &&
    conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  );
}

/** For example 1.34. */
export async function kubernetesVersion(): Promise<string> {
  const { serverVersion } = await kubectlJson(['version']);
  return `${serverVersion.major}.${String(serverVersion.minor).replace(/\D.*/, '')}`;
}

/** The zones of the nodes that pods may run on; the tests with a StatefulSet a zone need three. */
export async function zones(): Promise<string[]> {
  const { items } = await kubectlJson(['get', 'nodes']);
  const found = (items as Manifest[]).flatMap(({ metadata }) => metadata.labels['topology.kubernetes.io/zone'] ?? []);
  const distinct = [...new Set(found as string[])].sort();
  if (distinct.length < 3) {
    throw new Error(
      `the nodes are in too few zones, got ${distinct.join(', ') || 'none'}; three are needed. ` +
        'Label them: kubectl label node NODE topology.kubernetes.io/zone=ZONE.',
    );
  }
  return distinct.slice(0, 3);
}
