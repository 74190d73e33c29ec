import { mirrorWorkers, principalIdentity, serverProperties } from '../config';
import type { Path } from '../issue';
import {
  bootstrapServiceName,
  connectName,
  mirrorSecretName,
  podSettings,
  rackSource,
  runsPods,
  runsWorkers,
  secretName,
  userCertificateName,
  type EnvironmentModel,
  type KubernetesSettings,
  type NodeModel,
} from '../model';
import type { Rule } from './rule';

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const DNS_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const SECRET_KEY = /^[\w.-]{1,253}$/;
/** A ConfigMap holds 1 MiB; the files that all nodes share and the escapes of JSON take less than the rest. */
const LARGEST_CONFIG_BYTES = 900_000;

/** Names and sizes that Kubernetes refuses, or takes and then makes no pod of. */
export const KUBERNETES_RULES: readonly Rule[] = [
  {
    code: 'KUBERNETES-RACK-NAME',
    level: 'error',
    what: 'Racks with a StatefulSet each are called by lower-case letters, digits and dashes.',
    why: 'The name of the rack becomes part of the names of StatefulSets, pods and their addresses.',
    source: 'RFC 1123; Kubernetes documentation, Object Names and IDs',
    check(model, report) {
      if (kubernetes(model) === undefined || rackSource(model.spec) !== 'statefulset-per-zone') return;
      for (const [index, rack] of model.racks.entries()) {
        if (DNS_LABEL.test(rack)) continue;
        report({
          path: ['racks', index],
          message: `the rack cannot be part of the name of a StatefulSet, got ${rack}; lower-case letters, digits and dashes are allowed.`,
          hint: 'Call racks like the zones of the Kubernetes cluster, which pods are bound to.',
        });
      }
    },
  },
  {
    code: 'KUBERNETES-NAME-CLASH',
    level: 'error',
    what: 'Every StatefulSet has a name of its own.',
    why: 'One would silently replace the other, with its pods.',
    source: 'Kubernetes documentation, Object Names and IDs',
    check(model, report) {
      if (kubernetes(model) === undefined) return;
      const owners = new Map<string, string>();
      if (runsWorkers(model)) owners.set(connectName(model), 'the workers of Connect');
      const mirrors = mirrorWorkers(model);
      if (mirrors !== undefined && runsWorkers(mirrors)) owners.set(connectName(mirrors), 'the workers of mirrors');
      for (const node of model.nodes) {
        const set = statefulSetOf(node);
        const pool = `node pool ${node.pool.name}`;
        const owner = owners.get(set) ?? pool;
        owners.set(set, owner);
        if (owner === pool) continue;
        report({
          path: ['nodePools', node.pool.name],
          message: `the name of a StatefulSet is taken, got ${set} for ${pool} and for ${owner}; each needs its own.`,
          hint: 'Rename the node pool.',
        });
      }
    },
  },
  {
    code: 'KUBERNETES-SERVICE-NAME',
    level: 'error',
    what: 'The names of Services have at most 63 characters and addresses of pods at most 253.',
    why: 'Both are names in DNS.',
    source: 'RFC 1035',
    check(model, report) {
      const settings = kubernetes(model);
      if (settings === undefined) return;
      for (const listener of model.listeners) {
        const service = bootstrapServiceName(model, listener);
        if (service.length <= 63) continue;
        report({
          path: ['listeners', listener.name],
          message: `the name of a Service is too long, got ${service} (${service.length} characters); at most 63 are allowed.`,
          hint: 'Shorten the name of the listener or of the environment.',
        });
      }
      const { clusterDomain } = settings;
      const longest = Math.max(0, ...model.nodes.map(({ host }) => host.length));
      if (clusterDomain === undefined || (DNS_NAME.test(clusterDomain) && longest <= 253)) return;
      report({
        path: ['targets', 'kubernetes', 'clusterDomain'],
        message: `the domain makes no addresses of pods, got ${clusterDomain}; lower-case letters, digits, dashes and dots are allowed, and at most 253 characters for an address.`,
        hint: 'Leave it out for cluster.local.',
      });
    },
  },
  {
    code: 'KUBERNETES-SECRET-NAME',
    level: 'error',
    what: 'A Secret that is mounted has a name that Kubernetes allows.',
    why: 'The API refuses the pod.',
    source: 'RFC 1123; Kubernetes documentation, Object Names and IDs',
    check(model, report) {
      if (podSettings(model) === undefined) return;
      for (const { path, name } of secretNames(model)) {
        if (DNS_NAME.test(name)) continue;
        report({
          path,
          message: `no Secret can have this name, got ${name}; lower-case letters, digits, dashes and dots are allowed.`,
          hint: 'Rename it, or name a Secret under secrets.',
        });
      }
    },
  },
  {
    code: 'KUBERNETES-SECRET-KEY',
    level: 'error',
    what: 'A key of a Secret consists of letters, digits, dashes, dots and underscores.',
    why: 'No Secret has another, so the API refuses the pod that wants it.',
    source: 'Kubernetes documentation, Secrets',
    check(model, report) {
      if (podSettings(model) === undefined) return;
      for (const { path, key } of secretKeys(model)) {
        if (SECRET_KEY.test(key)) continue;
        report({
          path,
          message: `no Secret can have this key, got ${key}; letters, digits, dashes, dots and underscores are allowed, at most 253.`,
          hint: 'Write the key as it stands below data of the Secret.',
        });
      }
    },
  },
  {
    code: 'KUBERNETES-CONFIG-SIZE',
    level: 'error',
    what: 'The server.properties of the nodes of one StatefulSet fit into a ConfigMap.',
    why: 'An object of Kubernetes holds at most 1 MiB.',
    source: 'Kubernetes documentation, ConfigMaps',
    check(model, report) {
      if (kubernetes(model) === undefined) return;
      const sets = new Map<string, NodeModel[]>();
      for (const node of model.nodes) sets.set(statefulSetOf(node), [...(sets.get(statefulSetOf(node)) ?? []), node]);
      for (const [set, nodes] of sets) {
        const each = serverProperties(model, nodes[0]!, { keystore: '', truststore: '' }).length;
        if (each * nodes.length <= LARGEST_CONFIG_BYTES) continue;
        report({
          path: ['nodePools', nodes[0]!.pool.name],
          message: `the files of StatefulSet ${set} do not fit into a ConfigMap, got ${nodes.length} nodes with ${each} bytes each; ${LARGEST_CONFIG_BYTES} bytes are allowed.`,
          hint: 'Split the node pool.',
        });
      }
    },
  },
];

/** Of brokers in pods. */
function kubernetes(model: EnvironmentModel): KubernetesSettings | undefined {
  return model.brokersElsewhere === undefined ? podSettings(model) : undefined;
}

function statefulSetOf({ name }: NodeModel): string {
  return name.slice(0, name.lastIndexOf('-'));
}

function secretNames(model: EnvironmentModel): { path: Path; name: string }[] {
  const connectors = runsWorkers(model) ? model.connect!.connectors : [];
  const listed = Object.entries(model.spec.secrets ?? {})
    .filter(([, { provider }]) => (provider ?? 'kubernetes') === 'kubernetes')
    .map(([secret, { id }]) => ({ path: ['secrets', secret, 'id'], name: id }));
  const users = model.principals.flatMap((principal) => {
    const { name, listener } = principal;
    const path = ['principals', name];
    const mtls = model.listeners.some((own) => own.name === listener && own.authentication === 'mtls');
    const used =
      connectors.some((connector) => connector.principal === name) ||
      model.applications.some((application) => application.principal === name);
    if (mtls)
      return used || model.brokersElsewhere === undefined ? [{ path, name: userCertificateName(model, name) }] : [];
    const { secret } = principalIdentity(principal).secret;
    return used ? [{ path, name: secretName(model, secret) }] : [];
  });
  const sources = (runsPods(model) ? (model.mirrorMaker?.mirrors ?? []) : []).map((mirror) => ({
    path: ['mirrors', mirror.name],
    name: mirrorSecretName(model, mirror),
  }));
  return [...listed, ...users, ...sources];
}

function secretKeys(model: EnvironmentModel): { path: Path; key: string }[] {
  const connectors = runsWorkers(model) ? model.connect!.connectors : [];
  return [
    ...connectors.flatMap(({ name, secretConfig }) =>
      Object.entries(secretConfig).map(([option, { key }]) => ({
        path: ['connect', 'connectors', name, 'secretConfig', option, 'key'],
        key,
      })),
    ),
    ...model.applications.flatMap(({ name, secretEnv }) =>
      Object.entries(secretEnv).map(([variable, { key }]) => ({
        path: ['applications', name, 'secretEnv', variable, 'key'],
        key,
      })),
    ),
    ...(model.target === 'kubernetes' ? Object.entries(model.spec.principals ?? {}) : []).flatMap(([name, { users }]) =>
      Object.entries(users ?? {}).flatMap(([user, { password }]) =>
        password === undefined
          ? []
          : [{ path: ['principals', name, 'users', user, 'password', 'key'], key: password.key }],
      ),
    ),
  ];
}
