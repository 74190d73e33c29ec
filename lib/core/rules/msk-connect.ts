import {
  capacityProblems,
  connectorCapacity,
  MAX_WORKERS,
  mskConnectModel,
  mskConnectSettings,
  pluginPartProblems,
  runsOnMskConnect,
  secretIdProblem,
  wantedConnectors,
  workerPropertyProblems,
  workerPropertyRefusal,
  type CapacitySpec,
} from '../msk-connect';
import type { Path } from '../issue';
import type { EnvironmentModel } from '../model';
import { didYouMean, oneOf, overridePath } from './hint';
import type { Rule } from './rule';

const GUIDE = 'Amazon MSK developer guide, MSK Connect';
const ELSEWHERE = 'run the connectors on workers of your own: connect.runtime: { environment: NAME }';

/** What MSK Connect cannot do, or needs to be told. */
export const MSK_CONNECT_RULES: readonly Rule[] = [
  {
    code: 'MSK-CONNECT-SETTINGS',
    level: 'error',
    what: 'Settings of MSK Connect are for connectors and plugins that are there, and stand where MSK Connect runs them.',
    why: 'A setting for a mistyped name, or for another runtime, would be ignored.',
    source: 'the environment schema',
    check(model, report) {
      const settings = mskConnectSettings(model);
      if (Object.keys(settings).length > 0 && !runsOnMskConnect(model)) {
        report({
          path: at(model),
          message: `MSK Connect does not run the connectors, got ${Object.keys(settings).join(', ')}; settings for it are allowed with connect.runtime: msk-connect.`,
          hint: 'Remove them, or write connect.runtime: msk-connect.',
        });
        return;
      }
      for (const section of ['plugins', 'connectors'] as const) {
        const known = Object.keys(model.spec.connect?.[section] ?? {});
        for (const name of Object.keys(settings[section] ?? {})) {
          if (known.includes(name)) continue;
          report({
            path: at(model, section, name),
            message: `there is nothing of this name, got ${name}; ${oneOf(known)}.`,
            hint: didYouMean(name, known, `Declare it under connect.${section}.`),
          });
        }
      }
    },
  },
  {
    code: 'MSK-CONNECT-CAPACITY',
    level: 'error',
    what: `A worker has 1, 2, 4 or 8 units, a connector 1 to ${MAX_WORKERS} workers, and scaling leaves room between coming and going.`,
    why: 'The service refuses the connector when it is made.',
    source: 'MSK Connect API reference, CreateConnector and AutoScaling; read 2026-11-26',
    check(model, report) {
      const { capacity, connectors = {} } = mskConnectSettings(model);
      const written: [Path, CapacitySpec | undefined][] = [
        [at(model, 'capacity'), capacity],
        ...Object.entries(connectors).map(
          ([name, own]) =>
            [at(model, 'connectors', name, 'capacity'), own.capacity] as [Path, CapacitySpec | undefined],
        ),
      ];
      for (const [path, spec] of written) {
        if (spec === undefined) continue;
        for (const { property, message, hint } of capacityProblems(connectorCapacity(spec))) {
          report({ path: Object.hasOwn(spec, property) ? [...path, property] : path, message, hint });
        }
        const scaling = ['minWorkers', 'scaleInPercent', 'scaleOutPercent', 'maxTasks'].filter((key) =>
          Object.hasOwn(spec, key),
        );
        if (spec.maxWorkers === undefined && scaling.length > 0)
          report({
            path: [...path, scaling[0]!],
            message: `the workers do not scale, got ${scaling.join(', ')} without maxWorkers; maxWorkers is needed.`,
            hint: 'Add maxWorkers, or remove it.',
          });
        if (spec.maxWorkers !== undefined && spec.workers !== undefined)
          report({
            path: [...path, 'workers'],
            message: `the number of workers is said twice, got workers ${spec.workers} and maxWorkers ${spec.maxWorkers}; one of them is allowed.`,
            hint: 'Remove one.',
          });
      }
    },
  },
  {
    code: 'MSK-CONNECT-TASKS',
    level: 'error',
    what: 'A connector whose workers scale has no number of tasks of its own.',
    why: 'Autoscaling overrides tasks.max with two tasks for each unit of each worker.',
    source: `${GUIDE}, Understand connector capacity`,
    check(model, report) {
      const connect = mskConnectModel(model);
      for (const { name, capacity } of connect?.connectors ?? []) {
        const tasks = model.spec.connect?.connectors?.[name]?.tasksMax;
        if (tasks === undefined || capacity.kind === 'provisioned') continue;
        report({
          path: ['connect', 'connectors', name, 'tasksMax'],
          message: `autoscaling sets the number of tasks by itself, got ${tasks}; none is allowed.`,
          hint: `Remove it, and limit the tasks by maxTasks of the capacity; or write ${overridePath(model, ['connect', 'connectors', name, 'tasksMax'])}: null.`,
        });
      }
    },
  },
  {
    code: 'MSK-CONNECT-STATE',
    level: 'error',
    what: 'A connector on MSK Connect runs.',
    why: 'The service has no REST interface, and its API for pausing, resuming and restarting is not part of what is deployed.',
    source: `${GUIDE}; schema AWS::KafkaConnect::Connector, read 2026-11-26`,
    check(model, report) {
      if (!runsOnMskConnect(model)) return;
      for (const [name, { state }] of wantedConnectors(model)) {
        if (state === undefined || state === 'running') continue;
        report({
          path: ['connect', 'connectors', name, 'state'],
          message: `MSK Connect has no such state to deploy, got ${state}; running is allowed.`,
          hint: `Take the connector out while it is to stand still (a source goes on from its offsets, a sink from its group), or ${ELSEWHERE}.`,
        });
      }
    },
  },
  {
    code: 'MSK-CONNECT-WORKERS',
    level: 'error',
    what: 'The size of workers on MSK Connect is said as a capacity.',
    why: 'Each connector has workers of its own there, in units of a vCPU and 4 GiB.',
    source: `${GUIDE}, Understand connector capacity`,
    check(model, report) {
      if (!runsOnMskConnect(model)) return;
      for (const key of ['replicas', 'memory'] as const) {
        const value = model.spec.connect?.[key];
        if (value === undefined) continue;
        report({
          path: ['connect', key],
          message: `workers of MSK Connect are not sized this way, got ${value}; a capacity is allowed.`,
          hint: `Write targets.${model.target}.connect.capacity: { ${key === 'replicas' ? `workers: ${value}` : 'mcu: 1'} }, and ${overridePath(model, ['connect', key])}: null.`,
        });
      }
    },
  },
  {
    code: 'MSK-CONNECT-OPTION',
    level: 'error',
    what: 'An option of the workers is one that MSK Connect takes, for the version that it runs.',
    why: 'The service refuses the worker configuration, or the workers do not start.',
    source: `${GUIDE}, Supported worker configuration properties, read 2026-11-26`,
    check(model, report) {
      const connect = mskConnectModel(model);
      if (connect === undefined) return;
      const versions = new Set(connect.connectors.map(({ version }) => version));
      for (const [option, value] of Object.entries(connect.workerConfig)) {
        const refusal = workerPropertyRefusal(option);
        const late = [...versions].flatMap((version) => workerPropertyProblems({ [option]: value }, version));
        // What Kafka itself thinks of name and value is told by the rules of options.
        const problem = refusal ?? (option === 'exactly.once.source.support' ? late[0] : undefined);
        if (problem === undefined) continue;
        report({
          path: ['connect', 'config', option],
          message:
            refusal === undefined
              ? late[0]!.message
              : `MSK Connect does not take the option, got ${option}; ${refusal.allowed}.`,
          hint: `${problem.hint} Or write ${overridePath(model, ['connect', 'config', option])}: null.`,
        });
      }
    },
  },
  {
    code: 'MSK-CONNECT-PLUGIN',
    level: 'error',
    what: 'A connector on MSK Connect has a plugin, from one place, and the same one every day.',
    why: 'The service brings no connectors along, and a plugin that changes by itself replaces its connectors by surprise.',
    source: `${GUIDE}, Create custom plugins`,
    check(model, report) {
      if (!runsOnMskConnect(model)) return;
      const settings = mskConnectSettings(model);
      for (const [name, { plugin }] of wantedConnectors(model)) {
        if (plugin !== undefined) continue;
        report({
          path: ['connect', 'connectors', name],
          message: 'the service brings no connectors along, got no plugin; one is needed.',
          hint: `Declare it under connect.plugins, and write connect.connectors.${name}.plugin.`,
        });
      }
      for (const [name, { file, s3, objectVersion }] of Object.entries(settings.plugins ?? {})) {
        if ((file === undefined) === (s3 === undefined))
          report({
            path: at(model, 'plugins', name),
            message: `where the plugin is from is not clear, got ${file === undefined ? 'neither file nor s3' : 'file and s3'}; one of them is needed.`,
            hint: file === undefined ? 'Add one.' : 'Remove one.',
          });
        if (objectVersion !== undefined && s3 === undefined)
          report({
            path: at(model, 'plugins', name, 'objectVersion'),
            message: `a file of the project has no version of an object, got ${objectVersion}; it is allowed with s3.`,
            hint: 'Remove it.',
          });
      }
      for (const [name, { maven }] of Object.entries(model.spec.connect?.plugins ?? {})) {
        if (settings.plugins?.[name] !== undefined) continue;
        for (const { message, hint } of pluginPartProblems([maven])) {
          report({ path: ['connect', 'plugins', name, 'maven'], message, hint });
        }
      }
    },
  },
  {
    code: 'MSK-CONNECT-PRINCIPAL',
    level: 'error',
    what: 'A connector on a listener with authentication iam has a principal of that listener, with rights.',
    why: 'Its role gets the rights of that principal; without them it could touch no topic.',
    source: `${GUIDE}, Understand service execution role`,
    check(model, report) {
      const connect = mskConnectModel(model);
      const listener = model.listeners.find(({ name }) => name === connect?.listener);
      if (connect === undefined || listener?.authentication !== 'iam') return;
      for (const { name, principal } of connect.connectors) {
        const written = model.spec.connect?.connectors?.[name]?.principal;
        if (written !== undefined && principal === undefined) continue; // CONNECT-PRINCIPAL says it
        const path = ['connect', 'connectors', name];
        if (principal === undefined) {
          report({
            path,
            message: 'the connector may touch no topic, got no principal; one is needed with authentication iam.',
            hint: 'Declare a principal with produce or consume, and name it here.',
          });
        } else if (principal.listener !== listener.name) {
          report({
            path: [...path, 'principal'],
            message: `the principal connects elsewhere, got ${principal.name} of the listener ${principal.listener}; one of ${listener.name} is allowed.`,
            hint: 'Name one of that listener, or set connect.listener.',
          });
        } else if (principal.produce === undefined && principal.consume === undefined) {
          report({
            path: [...path, 'principal'],
            message: `the principal may touch no topic, got ${principal.name} with neither produce nor consume; one of them is needed.`,
            hint: 'Add what it writes or reads.',
          });
        }
      }
    },
  },
  {
    code: 'MSK-CONNECT-SECRETS',
    level: 'error',
    what: 'Where connectors have secrets, the provider that looks them up is in their plugin, and secrets go by name.',
    why: 'Workers of MSK Connect bring no provider for Secrets Manager: the option would hold the reference itself.',
    source: `${GUIDE}, Tutorial: Externalizing sensitive information using config providers; KIP-297`,
    check(model, report) {
      const connect = mskConnectModel(model);
      if (connect === undefined) return;
      const { secretsProvider } = mskConnectSettings(model);
      const { maven, file } = secretsProvider ?? {};
      if (maven !== undefined && file !== undefined)
        report({
          path: at(model, 'secretsProvider'),
          message: 'where the provider is from is not clear, got maven and file; one of them is allowed.',
          hint: 'Remove one.',
        });
      for (const { name, plugin, secretConfig } of connect.connectors) {
        const options = Object.entries(secretConfig);
        const source = connect.plugins.find((candidate) => candidate.name === plugin)?.source;
        if (options.length > 0 && source?.kind === 'parts' && maven === undefined && file === undefined)
          report({
            path: ['connect', 'connectors', name, 'secretConfig'],
            message: `the workers cannot look secrets up, got ${options.map(([option]) => option).join(', ')} and no provider; one is needed in the plugin.`,
            hint: `Write targets.${model.target}.connect.secretsProvider: { file: vendor/msk-config-providers.jar }, with the jar of a release of aws-samples/msk-config-providers.`,
          });
        for (const [option, { secret }] of options) {
          const id = model.spec.secrets?.[secret]?.id;
          const problem = id === undefined ? undefined : secretIdProblem(option, id);
          if (problem !== undefined)
            report({ path: ['secrets', secret, 'id'], message: problem.message, hint: problem.hint });
        }
      }
    },
  },
];

function at(model: EnvironmentModel, ...path: string[]): Path {
  return ['targets', model.target, 'connect', ...path];
}
