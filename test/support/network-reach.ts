import { BlockList } from 'node:net';
import type { Manifest } from './manifests';

/** Who takes part: a pod by its labels and namespace, or an address outside. */
export interface Party {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly address?: string;
}

/** Whether the policies of the objects let one party open a connection to a pod at a port; by the rules of NetworkPolicy. */
export function mayReach(policies: readonly Manifest[], from: Party, to: Party, port: number): boolean {
  return (
    directionAllows(policies, { direction: 'Ingress', subject: to, peer: from, port }) &&
    (from.namespace === undefined || directionAllows(policies, { direction: 'Egress', subject: from, peer: to, port }))
  );
}

interface Question {
  readonly direction: 'Ingress' | 'Egress';
  readonly subject: Party;
  readonly peer: Party;
  readonly port: number;
}

/** A pod that no policy of a direction selects is open; else one rule has to allow it. */
function directionAllows(policies: readonly Manifest[], { direction, subject, peer, port }: Question): boolean {
  const own = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === subject.namespace &&
      spec.policyTypes.includes(direction) &&
      selects(spec.podSelector, subject.labels),
  );
  if (own.length === 0) return true;
  const [rules, peers] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  return own.some(({ metadata, spec }) =>
    (spec[rules!] ?? []).some(
      (rule: Manifest) =>
        (rule.ports === undefined ||
          rule.ports.some((each: Manifest) => each.port === port && (each.protocol ?? 'TCP') === 'TCP')) &&
        (rule[peers!] === undefined ||
          rule[peers!].some((each: Manifest) => matches(each, peer, metadata.namespace as string))),
    ),
  );
}

function matches(rule: Manifest, peer: Party, namespace: string): boolean {
  if (rule.ipBlock !== undefined)
    return peer.address !== undefined && inRange(rule.ipBlock.cidr as string, peer.address);
  if (peer.namespace === undefined) return false;
  const there =
    rule.namespaceSelector === undefined
      ? peer.namespace === namespace
      : selects(rule.namespaceSelector, { 'kubernetes.io/metadata.name': peer.namespace });
  return there && selects(rule.podSelector ?? {}, peer.labels);
}

function selects({ matchLabels = {} }: Manifest, labels: Readonly<Record<string, string>> = {}): boolean {
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value);
}

function inRange(cidr: string, address: string): boolean {
  const [network, bits] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(network!, Number(bits), network!.includes(':') ? 'ipv6' : 'ipv4');
  return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

/** Each pod template of the objects once, with the ports that it serves. */
export function podsOf(objects: readonly Manifest[]): (Party & { readonly ports: Readonly<Record<string, number>> })[] {
  return objects
    .filter(({ kind }) => kind === 'StatefulSet' || kind === 'Job')
    .map(({ metadata, spec }) => ({
      name: metadata.name as string,
      namespace: metadata.namespace as string,
      labels: spec.template.metadata.labels as Record<string, string>,
      ports: Object.fromEntries(
        (spec.template.spec.containers[0].ports ?? []).map((port: Manifest) => [port.name, port.containerPort]),
      ) as Record<string, number>,
    }));
}
