import type { Manifest } from '../manifests';
import { kubectlJson, within } from './kubectl';
import { BROKERS, type LabCluster } from './lab-cluster';
import { say } from './progress';
import { nodeCommands, runCommand, type NodeCommands } from './settings';

/** Takes a node of Kubernetes away, or brings it back, by the command that the settings name. */
export function doToNode(what: keyof NodeCommands, node: string): void {
  say(`${what} node ${node}`);
  runCommand(nodeCommands()[what], { node });
}

/** Whether Kubernetes sees the node. */
export async function nodeIsReady(node: string): Promise<boolean> {
  const { status } = await kubectlJson(['get', 'node', node]);
  const conditions = status.conditions as { type: string; status: string }[];
  return conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True');
}

export async function untilNode(node: string, ready: boolean, seconds: number): Promise<number> {
  const began = Date.now();
  await within(seconds, async () => {
    if ((await nodeIsReady(node)) !== ready) throw new Error(`node ${node} is ${ready ? 'not ' : 'still '}Ready`);
  });
  return Math.round((Date.now() - began) / 1000);
}

/** The addresses of the nodes of Kubernetes, at which node ports are. */
export async function nodeAddresses(): Promise<string[]> {
  const { items } = await kubectlJson(['get', 'nodes']);
  return (items as Manifest[]).flatMap(({ status }) =>
    (status.addresses as { type: string; address: string }[]).flatMap(({ type, address }) =>
      type === 'InternalIP' ? [address] : [],
    ),
  );
}

/** A node with a broker that can be spared: one that name resolution of the whole cluster does not stand on, if there is one. */
export async function victim(cluster: LabCluster): Promise<string> {
  const nodes = (await cluster.nodes(BROKERS)).map(({ spec }) => spec.nodeName as string);
  const { items } = await kubectlJson(['-n', 'kube-system', 'get', 'pods', '-l', 'k8s-app=kube-dns']);
  const withDns = new Set((items as Manifest[]).map(({ spec }) => spec.nodeName as string));
  return nodes.find((node) => !withDns.has(node)) ?? nodes[0]!;
}
