import { applyObjects, kubectl, kubectlJson, tryKubectl, type KubectlResult } from './kubectl';
import type { Manifest } from '../manifests';
import { say } from './progress';
import { kubernetesSettings } from './settings';

/** A namespace of one test file, which enforces the `restricted` Pod Security Standard. */
export class TestNamespace {
  static async create(theme: string): Promise<TestNamespace> {
    const name = `kdk-${theme}-${process.pid}`;
    say(`namespace ${name}, pod security restricted`);
    await applyObjects([
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name,
          labels: {
            'pod-security.kubernetes.io/enforce': 'restricted',
            'pod-security.kubernetes.io/warn': 'restricted',
          },
        },
      },
    ]);
    return new TestNamespace(name);
  }

  private constructor(readonly name: string) {}

  run(args: readonly string[], seconds?: number): Promise<string> {
    return kubectl(['-n', this.name, ...args], seconds === undefined ? {} : { seconds });
  }

  attempt(args: readonly string[], seconds?: number): Promise<KubectlResult> {
    return tryKubectl(['-n', this.name, ...args], seconds === undefined ? {} : { seconds });
  }

  json(args: readonly string[]): Promise<Manifest> {
    return kubectlJson(['-n', this.name, ...args]);
  }

  async list(kind: string, selector?: string): Promise<Manifest[]> {
    const list = await this.json(['get', kind, ...(selector === undefined ? [] : ['-l', selector])]);
    return list.items as Manifest[];
  }

  /** Runs a shell in a container of a pod. */
  shell(pod: string, script: string, seconds?: number): Promise<string> {
    return this.run(['exec', pod, '--', 'bash', '-c', script], seconds);
  }

  /** Pods that Kubernetes refused for its Pod Security Standard. */
  async refusedPods(): Promise<string[]> {
    const events = await this.list('events');
    return (
      events
        // A kubelet may be told of a pod a moment before it may see the claim: that is no refusal.
        .filter(({ reason }) => reason === 'FailedCreate')
        .map(({ message }) => String(message))
        .filter((message) => /violates PodSecurity|forbidden/.test(message))
    );
  }

  /** What went wrong, for the message of a test that fails. */
  async describe(): Promise<string> {
    const pods = await this.attempt(['get', 'pods', '-o', 'wide']);
    const events = await this.attempt(['get', 'events', '--sort-by=.lastTimestamp']);
    return `${pods.stdout}${events.stdout.split('\n').slice(-25).join('\n')}`;
  }

  /** Brokers first: without controllers each waits five minutes in its shutdown. */
  async remove(): Promise<void> {
    if (kubernetesSettings().keep) {
      say(`namespace ${this.name} stays, as KDK_KUBERNETES_KEEP says`);
      return;
    }
    say(`removing namespace ${this.name}`);
    await this.attempt(['delete', 'statefulsets,jobs,cronjobs,deployments', '--all', '--wait=false']);
    await this.attempt(['delete', 'pods', '--all', '--grace-period=0', '--force']);
    await kubectl(['delete', 'namespace', this.name, '--wait=false']);
    await tryKubectl(['wait', '--for=delete', `namespace/${this.name}`, '--timeout=120s'], { seconds: 150 });
  }
}
