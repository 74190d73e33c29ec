import type { Path } from '../issue';
import {
  bootstrapServiceName,
  brokerServiceName,
  HOST_PLACEHOLDERS,
  listenerCertificateName,
  NODE_IP,
  unknownPlaceholders,
  type EnvironmentModel,
} from '../model';
import { canonicalAddress } from './ip-address';
import { outside } from './kubernetes-listeners';
import type { Report, Rule } from './rule';

const FIRST_NODE_PORT = 30_000;
const LAST_NODE_PORT = 32_767;
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The addresses that clients outside use: every broker has one of its own, and each can exist. */
export const KUBERNETES_ADDRESS_RULES: readonly Rule[] = [
  {
    code: 'KUBERNETES-HOST',
    level: 'error',
    what: 'The host of a broker is a DNS name once its placeholders are filled in.',
    why: 'Brokers tell clients to connect to it, records and certificates name it, and a Gateway goes by it.',
    source: 'RFC 1035, RFC 1123',
    check(model, report) {
      for (const { path, kafkaName, external } of outside(model)) {
        const { host, bootstrapHost, nodeAddresses } = external.settings;
        const before = { found: false };
        const tell: Report = (finding) => {
          before.found = true;
          report(finding);
        };
        checkTemplate(model, { path: [...path, 'host'], host, nodePort: external.expose === 'node-port' }, tell);
        if (!before.found && host !== NODE_IP) {
          const wrong = model.nodes
            .flatMap(({ advertised }) => advertised?.[kafkaName]?.host ?? [])
            .find((name) => !isHost(name));
          if (wrong !== undefined) report(noHost([...path, 'host'], wrong));
        }
        if (bootstrapHost !== undefined && !isHost(bootstrapHost)) {
          report(noHost([...path, 'bootstrapHost'], bootstrapHost));
        }
        for (const [index, address] of (nodeAddresses ?? []).entries()) {
          if (isHost(address) || canonicalAddress(address) !== undefined) continue;
          report(noHost([...path, 'nodeAddresses', index], address));
        }
      }
    },
  },
  {
    code: 'KUBERNETES-HOST-DUPLICATE',
    level: 'error',
    what: 'No two brokers have the same address outside, and none has that which clients begin with.',
    why: 'Clients would reach one broker for the partitions of another, for ever.',
    source: 'Apache Kafka documentation, advertised.listeners',
    check(model, report) {
      const owners = new Map<string, string>();
      for (const { name, path, kafkaName, external } of outside(model)) {
        // Told apart by their ports, which have a rule of their own, or reported as no template.
        if (external.expose === 'node-port' || external.settings.host === NODE_IP) continue;
        if (unknownPlaceholders(external.settings.host).length > 0) continue;
        const take = (address: { host: string; port: number }, owner: string, setting: string): void => {
          const text = `${address.host.toLowerCase()}:${address.port}`;
          const other = owners.get(text);
          owners.set(text, other ?? owner);
          if (other === undefined) return;
          report({
            path: [...path, setting],
            message: `two have the same address, got ${text} for ${other} and for ${owner}; each has its own.`,
            hint: setting === 'host' ? 'Put {id} into the host.' : 'Choose another name to begin with.',
          });
        };
        for (const node of model.nodes) {
          const address = node.advertised?.[kafkaName];
          if (address !== undefined) take(address, `broker ${node.id} on ${name}`, 'host');
        }
        for (const address of external.bootstrap) take(address, `the beginning of ${name}`, 'bootstrapHost');
      }
    },
  },
  {
    code: 'KUBERNETES-NODE-PORT',
    level: 'error',
    what: `Node ports are from ${FIRST_NODE_PORT} to ${LAST_NODE_PORT}, each used once.`,
    why: 'The API refuses a Service with another port, or with one that is taken.',
    source: 'Kubernetes documentation, Service, type NodePort',
    check(model, report) {
      const owners = new Map<number, string>();
      for (const { name, path, kafkaName, external } of outside(model)) {
        const { firstNodePort, bootstrapNodePort } = external.settings;
        if (external.expose !== 'node-port') continue;
        const ports = [
          ...(firstNodePort === undefined
            ? []
            : model.nodes.flatMap(({ id, advertised }) => {
                const port = advertised?.[kafkaName]?.port;
                return port === undefined ? [] : [{ port, owner: `broker ${id} on ${name}`, setting: 'firstNodePort' }];
              })),
          ...(bootstrapNodePort === undefined
            ? []
            : [{ port: bootstrapNodePort, owner: `the beginning of ${name}`, setting: 'bootstrapNodePort' }]),
        ];
        for (const { port, owner, setting } of ports) {
          const other = owners.get(port);
          owners.set(port, other ?? owner);
          const inRange = port >= FIRST_NODE_PORT && port <= LAST_NODE_PORT;
          if (inRange && other === undefined) continue;
          report({
            path: [...path, setting],
            message: inRange
              ? `a node port is taken, got ${port} for ${owner}, which ${other} has; each has its own.`
              : `a node port is out of range, got ${port} for ${owner}; ${FIRST_NODE_PORT} to ${LAST_NODE_PORT} are allowed.`,
            hint:
              setting === 'firstNodePort'
                ? 'The port of a broker is firstNodePort and its node.id together: choose another first one, or lower nodeIds.start of the pool.'
                : 'Choose another.',
          });
        }
      }
    },
  },
  {
    code: 'KUBERNETES-LISTENER-NAME',
    level: 'error',
    what: 'The Services, Secrets, issuers and gateways of a listener have names that Kubernetes allows.',
    why: 'The API refuses the object, or the pod that mounts it. A Service has at most 63 characters.',
    source: 'RFC 1123; Kubernetes documentation, Object Names and IDs',
    check(model, report) {
      for (const listener of outside(model)) {
        const { path, external, name } = listener;
        const services = model.nodes
          .filter(({ advertised }) => advertised?.[listener.kafkaName] !== undefined)
          .map((node) => brokerServiceName(node, listener));
        const long = services.find((service) => service.length > 63);
        if (long !== undefined) {
          report({
            path: ['listeners', name],
            message: `the name of a Service is too long, got ${long} (${long.length} characters); at most 63 are allowed.`,
            hint: 'Shorten the name of the environment, of the node pool, of the rack or of the listener.',
          });
        }
        const taken = new Set(model.listeners.map((other) => bootstrapServiceName(model, other)));
        const clash = services.find((service) => taken.has(service));
        if (clash !== undefined) {
          report({
            path: ['listeners', name],
            message: `the name of a Service is taken, got ${clash} for a broker and for where clients begin; each needs its own.`,
            hint: 'Rename the listener or the node pool.',
          });
        }
        const { gateway, issuer, certificate } = external.settings;
        const names = [
          { path: [...path, 'certificate'], text: certificate },
          { path: [...path, 'issuer', 'name'], text: issuer?.name },
          { path: [...path, 'gateway', 'name'], text: gateway?.name },
          { path: [...path, 'gateway', 'section'], text: gateway?.section },
          { path, text: certificate === undefined ? listenerCertificateName(model, listener) : undefined },
        ];
        for (const entry of names) {
          if (entry.text === undefined || isHost(entry.text)) continue;
          report({
            path: entry.path,
            message: `no object can have this name, got ${entry.text}; lower-case letters, digits, dashes and dots are allowed.`,
            hint: 'Write the name as kubectl prints it.',
          });
        }
      }
    },
  },
];

interface Template {
  readonly path: Path;
  readonly host: string;
  readonly nodePort: boolean;
}

function checkTemplate(model: EnvironmentModel, { path, host, nodePort }: Template, report: Report): void {
  const allowed = HOST_PLACEHOLDERS.map((name) => `{${name}}`).join(', ');
  for (const placeholder of unknownPlaceholders(host)) {
    report({
      path,
      message: `there is no such placeholder, got ${placeholder}; ${allowed} are allowed.`,
      hint: 'Write for example b{id}.kafka.example.org.',
    });
  }
  if (host.includes(NODE_IP) && (host !== NODE_IP || !nodePort)) {
    report({
      path,
      message: `the address of a node stands alone and with node ports only, got ${host}; ${NODE_IP} as the whole host of node-port is allowed.`,
      hint: 'Use a DNS name.',
    });
  }
  if (
    host.includes('{rack}') &&
    model.nodes.some(({ advertised, rack }) => advertised !== undefined && rack === undefined)
  ) {
    report({
      path,
      message: `brokers have no rack that is known beforehand, got ${host}; racks and rackSource statefulset-per-zone give them one.`,
      hint: 'Leave {rack} out.',
    });
  }
}

function noHost(path: Path, name: string) {
  return {
    path,
    message: `not a DNS name, got ${name}; lower-case letters, digits, dashes and dots are allowed, 63 characters between dots and 253 in all.`,
    hint: 'Write for example b{id}.kafka.example.org.',
  };
}

function isHost(name: string): boolean {
  const labels = name.split('.');
  return name.length <= 253 && labels.every((label) => DNS_LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
}
