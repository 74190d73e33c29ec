import { podsElsewhere, type EnvironmentModel } from '../model';
import type { TargetName } from '../spec';
import { didYouMean, oneOf, overridePath } from './hint';
import type { Rule } from './rule';

/** Targets that run Connect workers themselves. */
const WITH_WORKERS: readonly TargetName[] = ['ec2', 'kubernetes'];
/** What the kit writes into the configuration of a connector. */
const OWNED: Readonly<Record<string, string>> = {
  name: 'the name of the connector',
  'connector.class': 'class',
  'tasks.max': 'tasksMax',
};
/** Sources that read one log of one database, in one task whatever tasks.max says. */
const SINGLE_TASK = /^io\.debezium\.connector\.(postgresql|mysql|mariadb|oracle|db2)\./;

/** Kafka Connect. */
export const CONNECT_RULES: readonly Rule[] = [
  {
    code: 'CONNECT-RUNTIME',
    level: 'error',
    what: 'Connectors run where the target can run them.',
    why: 'MSK Connect works with Amazon MSK only, Amazon MSK has no workers of its own, and a laptop runs brokers alone.',
    source: 'Amazon MSK developer guide, MSK Connect',
    check(model, report) {
      const { connect } = model.spec;
      if (connect === undefined) return;
      if (typeof connect.runtime === 'object') {
        if (connect.runtime.environment !== model.name) return;
        report({
          path: ['connect', 'runtime', 'environment'],
          message: `the environment names itself, got ${model.name}; another one that runs pods is allowed.`,
          hint:
            model.target === 'kubernetes'
              ? 'Remove runtime: the pods are on the target itself.'
              : `Make a file with brokers: { environment: ... } and target: kubernetes, and name that.`,
        });
        return;
      }
      const runtime = connect.runtime ?? 'workers';
      const service = model.managedBy === 'service';
      if (runtime === 'msk-connect' ? service : WITH_WORKERS.includes(model.target)) return;
      const written = connect.runtime !== undefined;
      const allowed = service
        ? 'msk-connect, or workers of another environment, are allowed'
        : WITH_WORKERS.includes(model.target)
          ? 'workers, or those of another environment, are allowed'
          : 'the workers of another environment are allowed';
      const hint = service
        ? `Write ${overridePath(model, ['connect', 'runtime'])}: msk-connect.`
        : WITH_WORKERS.includes(model.target)
          ? `Write ${overridePath(model, ['connect', 'runtime'])}: workers.`
          : `Write ${overridePath(model, ['connect'])}: null.`;
      report({
        path: written ? ['connect', 'runtime'] : ['connect'],
        message: `${model.target} cannot run connectors this way, got ${runtime}; ${allowed}.`,
        hint,
      });
    },
  },
  {
    code: 'CONNECT-CLASS',
    level: 'error',
    what: 'A connector has a class, and one that is to be deleted has nothing else.',
    why: 'Connect makes a connector of a class; what stands beside a tombstone would be ignored.',
    source: 'the environment schema',
    check(model, report) {
      for (const [name, connector] of Object.entries(model.spec.connect?.connectors ?? {})) {
        const { deleted, ...settings } = connector;
        const path = ['connect', 'connectors', name];
        if (deleted === undefined && connector.class === undefined)
          report({
            path,
            message: 'the connector has no class, got none; one is needed.',
            hint: 'Add class, or a tombstone (deleted) if it is to go.',
          });
        const beside = Object.keys(settings);
        if (deleted !== undefined && beside.length > 0)
          report({
            path: [...path, 'deleted'],
            message: `a connector that is to be deleted has settings, got ${beside.join(', ')}; the tombstone stands alone.`,
            hint: 'Remove them, or the tombstone.',
          });
      }
    },
  },
  {
    code: 'CONNECT-LISTENER',
    level: 'error',
    what: 'The listener of the workers is declared, and MSK Connect uses one with authentication iam or none.',
    why: 'Workers are clients like any other; MSK Connect knows no other way to log in.',
    source: 'Amazon MSK developer guide, MSK Connect connectors',
    check(model, report) {
      const { connect } = model.spec;
      if (connect === undefined) return;
      const names = Object.keys(model.spec.listeners);
      const name = connect.listener ?? names[0];
      if (name === undefined) return; // LISTENER-MISSING says it
      const listener = model.listeners.find((candidate) => candidate.name === name);
      if (listener === undefined) {
        report({
          path: ['connect', 'listener'],
          message: `the listener is not declared, got ${name}; ${oneOf(names)}.`,
          hint: didYouMean(name, names, 'Declare it under listeners.'),
        });
      } else if (
        model.managedBy === 'service' &&
        connect.runtime === 'msk-connect' &&
        !['iam', 'none'].includes(listener.authentication)
      ) {
        report({
          path: connect.listener === undefined ? ['connect'] : ['connect', 'listener'],
          message: `MSK Connect cannot log in on this listener, got ${name} with authentication ${listener.authentication}; iam or none is allowed.`,
          hint: 'Name a listener with authentication iam under connect.listener.',
        });
      }
    },
  },
  {
    code: 'CONNECT-ROLE',
    level: 'error',
    what: 'The IAM role of workers is that of pods, and is known by its ARN.',
    why: 'Other workers have the role of their machine or of their connector; without the account a name is no role.',
    source: 'Amazon EKS user guide, IAM roles for service accounts',
    check(model, report) {
      const { connect, aws } = model.spec;
      const role = connect?.iamRole;
      if (role === undefined) return;
      const path = ['connect', 'iamRole'];
      if (model.target !== 'kubernetes' && podsElsewhere(model.spec) === undefined)
        report({
          path,
          message: `the workers are no pods, got the role ${role}; one is allowed where they are.`,
          hint: `Remove it, or write ${overridePath(model, path)}: null.`,
        });
      else if (aws?.account === undefined && !role.startsWith('arn:'))
        report({
          path,
          message: `the account of the role is not known, got ${role}; an ARN is needed.`,
          hint: `Write arn:aws:iam::ACCOUNT:role/${role}.`,
        });
    },
  },
  {
    code: 'CONNECT-PLUGIN',
    level: 'error',
    what: 'The plugin of a connector is declared.',
    why: 'The worker would not find the class of the connector.',
    source: 'Apache Kafka documentation, Kafka Connect, plugin.path',
    check(model, report) {
      const names = Object.keys(model.spec.connect?.plugins ?? {});
      for (const [name, { plugin }] of connectors(model)) {
        if (plugin === undefined || names.includes(plugin)) continue;
        report({
          path: ['connect', 'connectors', name, 'plugin'],
          message: `the plugin is not declared, got ${plugin}; ${oneOf(names)}.`,
          hint: didYouMean(plugin, names, 'Declare it under connect.plugins.'),
        });
      }
    },
  },
  {
    code: 'CONNECT-PRINCIPAL',
    level: 'error',
    what: 'The principal of a connector is declared, and not deleted.',
    why: 'Its producers and consumers use the rights of that principal.',
    source: 'KIP-458',
    check(model, report) {
      const names = model.principals.map(({ name }) => name);
      const deleted = new Set(model.deletedPrincipals.map(({ name }) => name));
      for (const [name, { principal }] of connectors(model)) {
        if (principal === undefined || names.includes(principal)) continue;
        report({
          path: ['connect', 'connectors', name, 'principal'],
          message: deleted.has(principal)
            ? `the principal is to be deleted, got ${principal}; a principal that stays is allowed.`
            : `the principal is not declared, got ${principal}; ${oneOf(names)}.`,
          hint: deleted.has(principal)
            ? 'Take it out here first, or keep the principal.'
            : didYouMean(principal, names, 'Declare it under principals.'),
        });
      }
    },
  },
  {
    code: 'CONNECT-KEY',
    level: 'error',
    what: 'An option of a connector is said once.',
    why: 'The kit writes the name, class and number of tasks from keys of their own, and an option cannot be both open and secret.',
    source: 'the environment schema',
    check(model, report) {
      for (const [name, connector] of connectors(model)) {
        for (const option of Object.keys(connector.config ?? {})) {
          const secret = Object.hasOwn(connector.secretConfig ?? {}, option);
          const instead = Object.hasOwn(OWNED, option) ? OWNED[option] : undefined;
          if (!secret && instead === undefined) continue;
          report({
            path: ['connect', 'connectors', name, 'config', option],
            message: `the option is said elsewhere, got ${option} under config; ${secret ? 'secretConfig has it' : `it follows from ${instead}`}.`,
            hint: 'Remove it here.',
          });
        }
      }
    },
  },
  {
    code: 'CONNECT-TASKS',
    level: 'warning',
    what: 'A connector that reads the log of a database has one task.',
    why: 'Debezium reads the log in a single task, whatever tasksMax says; the other tasks are never made.',
    source: 'Debezium documentation, tasks.max',
    check(model, report) {
      for (const [name, connector] of connectors(model)) {
        if ((connector.tasksMax ?? 1) === 1 || !SINGLE_TASK.test(connector.class ?? '')) continue;
        report({
          path: ['connect', 'connectors', name, 'tasksMax'],
          message: `the connector has one task only, got ${connector.tasksMax}; 1 is what runs.`,
          hint: 'Remove it; for more throughput make a connector for each part of the tables.',
        });
      }
    },
  },
  {
    code: 'CONNECT-TASKS-PARTITIONS',
    level: 'warning',
    what: 'A sink has no more tasks than its topics have partitions.',
    why: 'A partition is read by one task: the other tasks never see a record.',
    source: 'Apache Kafka documentation, Kafka Connect, tasks.max',
    check(model, report) {
      const partitions = new Map(model.topics.map((topic) => [topic.name, topic.partitions]));
      for (const [name, { tasksMax = 1, config = {} }] of connectors(model)) {
        const topics = String(config['topics'] ?? '')
          .split(',')
          .map((topic) => topic.trim())
          .filter((topic) => topic !== '');
        if (topics.length === 0 || topics.some((topic) => !partitions.has(topic))) continue;
        const most = topics.reduce((sum, topic) => sum + partitions.get(topic)!, 0);
        if (tasksMax <= most) continue;
        report({
          path: ['connect', 'connectors', name, 'tasksMax'],
          message: `the connector has more tasks than its topics have partitions, got ${tasksMax} tasks for ${most} of ${topics.join(', ')}; as many at most have something to do.`,
          hint: `Write tasksMax: ${most}.`,
        });
      }
    },
  },
];

/** Those that are to stay. */
function connectors(model: EnvironmentModel) {
  return Object.entries(model.spec.connect?.connectors ?? {}).filter(([, { deleted }]) => deleted === undefined);
}
