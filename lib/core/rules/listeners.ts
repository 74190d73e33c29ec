import type { Path } from '../issue';
import { CONTROLLER_LISTENER, REPLICATION_LISTENER, TARGET_ADAPTERS, type EnvironmentModel } from '../model';
import { overridePath } from './hint';
import type { Rule } from './rule';

/** Client listeners: names, ports, authentication and encryption. */
export const LISTENER_RULES: readonly Rule[] = [
  {
    code: 'LISTENER-MISSING',
    level: 'error',
    what: 'There is at least one client listener.',
    why: "The kit's own listeners are for nodes; without another nobody can produce or consume.",
    source: 'Apache Kafka documentation, listeners',
    check(model, report) {
      if (model.listeners.length > 0) return;
      report({
        path: ['listeners'],
        message: 'there is no client listener, got none; at least one is needed.',
        hint: `Add one, for example internal: { authentication: ${TARGET_ADAPTERS[model.target].authentications[0]} }.`,
      });
    },
  },
  {
    code: 'LISTENER-NAME-RESERVED',
    level: 'error',
    what: 'No client listener is called controller or replication.',
    why: 'The kit makes listeners of these names, on which nodes talk to each other.',
    source: 'the listeners of server.properties',
    check(model, report) {
      for (const { name, kafkaName } of model.listeners) {
        if (kafkaName !== CONTROLLER_LISTENER && kafkaName !== REPLICATION_LISTENER) continue;
        report({
          path: ['listeners', name],
          message: `the name belongs to a listener that the kit makes, got ${name}; any other name is allowed.`,
          hint: 'Rename it.',
        });
      }
    },
  },
  {
    code: 'LISTENER-AUTHENTICATION',
    level: 'error',
    what: 'The target can serve the authentication of every listener.',
    why: 'IAM is a feature of Amazon MSK, and a laptop needs no credentials; elsewhere clients could not log in.',
    source: 'Amazon MSK developer guide, Authentication',
    check(model, report) {
      const { authentications } = TARGET_ADAPTERS[model.target];
      for (const { name, authentication } of model.listeners) {
        if (authentications.includes(authentication)) continue;
        const path = ['listeners', name, 'authentication'];
        report({
          path,
          message: `${model.target} cannot serve this authentication, got ${authentication}; ${authentications.join(', ')} ${authentications.length === 1 ? 'is' : 'are'} allowed.`,
          hint: `Say what holds there: ${overridePath(model, path)}: ${authentications.find((word) => word !== 'none') ?? 'none'}.`,
        });
      }
    },
  },
  {
    code: 'LISTENER-PORT-FIXED',
    level: 'error',
    what: 'A port is written only where the target lets it be chosen.',
    why: 'Amazon MSK fixes the port of each authentication, and on a laptop every node has ports of its own.',
    source: 'Amazon MSK developer guide, Port information',
    check(model, report) {
      const local = model.target === 'local';
      if (!local && model.managedBy === 'self') return;
      for (const [name, listener] of Object.entries(model.spec.listeners)) {
        if (listener.port === undefined) continue;
        if (!local && listener.port === TARGET_ADAPTERS[model.target].clientPort(listener.authentication, 0)) continue;
        report({
          path: ['listeners', name, 'port'],
          message: `the port cannot be chosen on ${model.target}, got ${listener.port}; ${local ? 'ports follow from targets.local.ports.first' : 'the service fixes it'}.`,
          hint: `Remove it, or write ${overridePath(model, ['listeners', name, 'port'])}: null.`,
        });
      }
    },
  },
  {
    code: 'LISTENER-PORT-DUPLICATE',
    level: 'error',
    what: 'Every listener of a node has a port of its own, apart from those of replication, the controllers and the JMX exporter.',
    why: 'The second listener cannot bind, and the node does not start. On Amazon MSK each authentication has one port, so each can be used once.',
    source: 'Apache Kafka documentation, listeners; Amazon MSK developer guide, Port information',
    check(model, report) {
      if (model.target === 'local') return; // each listener of each node has its own there
      const taken = new Map<number, string>();
      if (model.internalListeners !== undefined) {
        const { controller, replication } = model.internalListeners;
        taken.set(controller.port, 'the controllers').set(replication.port, 'replication');
      }
      const metricsPort = model.nodes.find((node) => node.metricsPort !== undefined)?.metricsPort;
      if (metricsPort !== undefined) {
        const owner = taken.get(metricsPort);
        if (owner !== undefined) {
          report(duplicate(model, ['monitoring', 'metricsPort'], metricsPort, owner));
        }
        taken.set(metricsPort, owner ?? 'the JMX exporter');
      }
      for (const { name, port, authentication } of model.listeners) {
        const owner = taken.get(port);
        taken.set(port, owner ?? `listener ${name}`);
        if (owner === undefined || port === 0) continue;
        const written = model.spec.listeners[name]?.port !== undefined;
        report(
          model.managedBy === 'service'
            ? {
                path: ['listeners', name, 'authentication'],
                message: `Amazon MSK serves each authentication once, got ${authentication} on port ${port}, which ${owner} has; another authentication is allowed.`,
                hint: 'Merge the two listeners, or give one another authentication.',
              }
            : duplicate(model, written ? ['listeners', name, 'port'] : ['listeners', name], port, owner),
        );
      }
    },
  },
  {
    code: 'LISTENER-PORT-RANGE',
    level: 'error',
    what: 'All ports of a laptop are at most 65535.',
    why: 'Every listener of every node has a port of its own there, counted from the first.',
    source: 'TCP',
    check(model, report) {
      if (model.target !== 'local') return;
      const ports = model.nodes.flatMap((node) => [...Object.values(node.ports), node.metricsPort ?? 0]);
      const highest = Math.max(0, ...ports);
      if (highest <= 65535) return;
      const first = model.spec.targets?.local?.ports?.first;
      report({
        path: first === undefined ? ['nodePools'] : ['targets', 'local', 'ports', 'first'],
        message: `the ports do not fit, got ${highest} for the last; at most 65535 is allowed.`,
        hint:
          first === undefined ? 'Use fewer nodes.' : `Begin at ${Math.max(1024, first - (highest - 65535))} or below.`,
      });
    },
  },
  {
    code: 'LISTENER-ENCRYPTION',
    level: 'error',
    what: 'Traffic that leaves a machine is encrypted; mTLS, IAM and OAuth work only over TLS.',
    why: 'Records, and with OAuth the very token, would be readable on the way. A certificate needs TLS to be shown at all. A laptop serves plain text on 127.0.0.1 only.',
    source: 'Apache Kafka documentation, Security; RFC 6750',
    check(model, report) {
      for (const { name, authentication, protocol } of model.listeners) {
        const tls = protocol.endsWith('SSL');
        const path = ['listeners', name, 'encryption'];
        if (model.target === 'local') {
          if (!tls) continue;
          report({
            path,
            message: 'a laptop serves plain text on 127.0.0.1, got tls; none is allowed.',
            hint: `Remove it, or write ${overridePath(model, path)}: null.`,
          });
          continue;
        }
        if (tls) continue;
        const needed = ['mtls', 'iam', 'oauthbearer'].includes(authentication) || model.managedBy === 'service';
        report({
          level: needed ? 'error' : 'warning',
          path,
          message: needed
            ? `${model.managedBy === 'service' ? model.target : authentication} needs TLS, got none; tls is allowed.`
            : 'records travel in plain text, got none; tls keeps them to sender and receiver.',
          hint: 'Remove it: tls is the default.',
        });
      }
    },
  },
  {
    code: 'LISTENER-OPEN',
    level: 'warning',
    what: 'Clients say who they are; a laptop is left out.',
    why: 'Whoever reaches a listener without authentication reads and writes everything, or, beside listeners with one, is an anonymous client without rights.',
    source: 'Apache Kafka documentation, Security',
    check(model, report) {
      if (model.target === 'local') return;
      for (const { name, authentication } of model.listeners) {
        if (authentication !== 'none') continue;
        report({
          path: ['listeners', name, 'authentication'],
          message: `clients are not asked who they are, got none; ${TARGET_ADAPTERS[model.target].authentications.filter((word) => word !== 'none').join(', ')} are possible.`,
          hint: 'Choose one of them.',
        });
      }
    },
  },
  {
    code: 'LISTENER-UNRESTRICTED',
    level: 'error',
    what: 'A listener whose clients may do everything asks none of them who they are, beside one that does.',
    why: 'Elsewhere it would say nothing: who logs in has the rights that are declared, and where nobody does everybody may do everything anyway.',
    source: 'Apache Kafka documentation, Authorization and ACLs: User:ANONYMOUS, super.users',
    check(model, report) {
      for (const { name, access, authentication } of model.listeners) {
        if (access === undefined) continue;
        if (authentication === 'none' && model.authorization && model.managedBy === 'self') continue;
        const service = model.managedBy === 'service';
        report({
          path: ['listeners', name, 'access'],
          message: `${service ? `${model.target} has super users of its own` : authentication === 'none' ? 'no listener asks its clients who they are' : 'its clients have the rights that are declared for them'}, got access: unrestricted; it is for a listener without authentication, beside one with it, on brokers of your own.`,
          hint: 'Leave it out.',
        });
      }
    },
  },
];

function duplicate(model: EnvironmentModel, path: Path, port: number, owner: string) {
  return {
    path,
    message: `the port is taken by ${owner}, got ${port}; each listener has a port of its own.`,
    hint: `Choose another port${model.managedBy === 'self' ? '; 9091 and 9093 belong to the nodes' : ''}.`,
  };
}
