import { nearest, type Path } from '../issue';
import { NODE_IP, type EnvironmentModel, type ExternalListenerModel, type ListenerModel } from '../model';
import type { KubernetesListenerSpec } from '../spec';
import { canonicalAddress } from './ip-address';
import type { Rule } from './rule';

type Setting = keyof KubernetesListenerSpec;

interface Way {
  readonly needs: readonly Setting[];
  readonly takes: readonly Setting[];
}

/** What each way to expose a listener needs, and what else it takes. */
const WAYS: Readonly<Record<KubernetesListenerSpec['expose'], Way>> = {
  'load-balancer': {
    needs: ['bootstrapHost'],
    takes: ['port', 'loadBalancerClass', 'nodePorts', 'dnsRecords', 'annotations', 'sourceRanges', 'proxyRanges'],
  },
  'node-port': {
    needs: ['firstNodePort', 'bootstrapNodePort'],
    takes: ['bootstrapHost', 'nodeAddresses', 'annotations', 'sourceRanges', 'proxyRanges'],
  },
  'tls-route': { needs: ['bootstrapHost', 'gateway'], takes: ['annotations'] },
};
const EVERY_WAY: readonly Setting[] = ['expose', 'host', 'issuer', 'certificate'];

/** What external-dns makes records of. */
export const EXTERNAL_DNS_HOSTNAME = 'external-dns.alpha.kubernetes.io/hostname';

/** How listeners are reached from outside: that each way has what it needs, and nothing that it would ignore. */
export const KUBERNETES_LISTENER_RULES: readonly Rule[] = [
  {
    code: 'KUBERNETES-LISTENER-UNKNOWN',
    level: 'error',
    what: 'What is said of a listener on Kubernetes is said of one that there is.',
    why: 'It would be ignored, and clients outside would find nothing.',
    source: 'targets.kubernetes.listeners',
    check(model, report) {
      if (model.target !== 'kubernetes') return;
      const known = model.listeners.map(({ name }) => name);
      for (const name of Object.keys(model.spec.targets?.kubernetes?.listeners ?? {})) {
        if (known.includes(name)) continue;
        const near = nearest(name, known);
        report({
          path: ['targets', 'kubernetes', 'listeners', name],
          message: `there is no such listener, got ${name}; ${known.join(', ')} ${known.length === 1 ? 'is' : 'are'} there.`,
          hint: near === undefined ? `Add ${name} under listeners, with its authentication.` : `Did you mean ${near}?`,
        });
      }
    },
  },
  {
    code: 'KUBERNETES-LISTENER-SETTING',
    level: 'error',
    what: 'A listener for clients outside has the settings that its way of reaching them needs, and no others.',
    why: 'Without an address nobody can connect, and a setting of another way would be ignored.',
    source: 'Kubernetes documentation, Service; Gateway API, TLSRoute',
    check(model, report) {
      for (const { path, external } of outside(model)) {
        const { needs, takes } = WAYS[external.expose];
        const given = Object.keys(external.settings) as Setting[];
        const needed = external.settings.host === NODE_IP ? [...needs, 'nodeAddresses' as const] : needs;
        const missing = needed.filter((name) => !given.includes(name));
        if (missing.length > 0) {
          report({
            path,
            message: `${external.expose} lacks settings, got no ${missing.join(', no ')}; ${needed.join(', ')} ${needed.length === 1 ? 'is' : 'are'} needed.`,
            hint: `Add ${missing.join(', ')}.`,
          });
        }
        for (const setting of given.filter((name) => ![...EVERY_WAY, ...needs, ...takes].includes(name))) {
          report({
            path: [...path, setting],
            message: `${external.expose} has no such setting, got ${setting}; ${[...needs, ...takes].join(', ')} are allowed.`,
            hint: 'Remove it.',
          });
        }
        if (external.settings.issuer !== undefined && external.settings.certificate !== undefined) {
          report({
            path: [...path, 'certificate'],
            message: `the certificate comes from two places, got ${external.settings.certificate} beside an issuer; one is allowed.`,
            hint: 'Remove issuer or certificate.',
          });
        }
      }
    },
  },
  {
    code: 'KUBERNETES-LISTENER-ANNOTATION',
    level: 'error',
    what: 'The name that external-dns makes a record of is left to the kit.',
    why: 'The annotations stand on the Service of every broker: one name for all would lead clients to any of them.',
    source: 'external-dns documentation, annotations',
    check(model, report) {
      for (const { path, external } of outside(model)) {
        if (external.settings.annotations?.[EXTERNAL_DNS_HOSTNAME] === undefined) continue;
        report({
          path: [...path, 'annotations', EXTERNAL_DNS_HOSTNAME],
          message: `the key belongs to the kit, got ${EXTERNAL_DNS_HOSTNAME}; any other is allowed.`,
          hint: 'Remove it: host and bootstrapHost say the names. With dnsRecords: own there are none.',
        });
      }
    },
  },
  {
    code: 'KUBERNETES-LISTENER-OPEN',
    level: 'error',
    what: 'A listener that anybody outside may reach asks who its clients are.',
    why: 'Whoever finds the address reads and writes everything, or is an anonymous client that uses up connections.',
    source: 'Apache Kafka documentation, Security',
    check(model, report) {
      for (const { name, authentication, external } of outside(model)) {
        const { sourceRanges, proxyRanges } = external.settings;
        if (authentication !== 'none' || (sourceRanges ?? proxyRanges) !== undefined) continue;
        report({
          path: ['listeners', name, 'authentication'],
          message: 'anybody may connect from outside, got none; scram-sha-512, mtls and oauthbearer are possible.',
          hint:
            external.expose === 'tls-route'
              ? 'Choose one of them.'
              : 'Choose one of them, or say in sourceRanges from where clients come.',
        });
      }
    },
  },
  {
    code: 'KUBERNETES-LISTENER-TLS',
    level: 'error',
    what: 'A listener behind a TLSRoute is encrypted, and one with a certificate of its own as well.',
    why: 'A Gateway tells brokers apart by the name in the first message of TLS; without TLS there is none, and no certificate is shown.',
    source: 'Gateway API, TLSRoute; RFC 6066',
    check(model, report) {
      for (const { name, protocol, external } of outside(model)) {
        if (protocol.endsWith('SSL')) continue;
        const { issuer, certificate } = external.settings;
        if (external.expose !== 'tls-route' && issuer === undefined && certificate === undefined) continue;
        report({
          path: ['listeners', name, 'encryption'],
          message: `${external.expose === 'tls-route' ? 'a TLSRoute' : 'a certificate'} needs TLS, got none; tls is allowed.`,
          hint: 'Remove it: tls is the default.',
        });
      }
    },
  },
  {
    code: 'KUBERNETES-LISTENER-RANGE',
    level: 'error',
    what: 'Address ranges of clients are written in CIDR notation, and only where the addresses of clients arrive.',
    why: 'The API refuses what is none. Where any node passes connections on, brokers see the address of that node: a network policy would let nobody in.',
    source: 'Kubernetes documentation, NetworkPolicy and Source IP',
    check(model, report) {
      for (const { path, external } of outside(model)) {
        const { sourceRanges, host } = external.settings;
        for (const setting of ['sourceRanges', 'proxyRanges'] as const) {
          for (const [index, range] of (external.settings[setting] ?? []).entries()) {
            if (isRange(range)) continue;
            report({
              path: [...path, setting, index],
              message: `not an address range, got ${range}; an address and the number of its fixed bits are allowed.`,
              hint: 'Write for example 203.0.113.0/24.',
            });
          }
        }
        if (external.expose !== 'node-port' || host === NODE_IP || sourceRanges === undefined) continue;
        report({
          path: [...path, 'sourceRanges'],
          message: `the addresses of clients do not arrive here, got sourceRanges with host ${host}; they arrive with host ${NODE_IP}.`,
          hint: `Use host: '${NODE_IP}', or name the addresses of the nodes in proxyRanges and restrict clients before them.`,
        });
      }
    },
  },
];

/** Listeners for clients outside, each with the path of its settings. */
export function outside(
  model: EnvironmentModel,
): (ListenerModel & { readonly external: ExternalListenerModel; readonly path: Path })[] {
  return model.listeners.flatMap((listener) => {
    const { external, name } = listener;
    return external === undefined
      ? []
      : [{ ...listener, external, path: ['targets', 'kubernetes', 'listeners', name] }];
  });
}

function isRange(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  if (canonicalAddress(address!) === undefined || rest.length > 0 || !/^\d{1,3}$/.test(bits ?? '')) return false;
  return Number(bits) <= (address!.includes(':') ? 128 : 32);
}
