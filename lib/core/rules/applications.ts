import type { Path } from '../issue';
import { applicationGroup, imageReference, type ApplicationModel, type EnvironmentModel } from '../model';
import { applicationVariables } from '../config/application-files';
import { overridePath } from './hint';
import type { Rule } from './rule';

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Pods of a StatefulSet carry its name, a dash and a hash of ten characters as a label. */
const LONGEST_NAME = 52;
/** Options that follow from other keys. */
const OWNED =
  /^((main\.|restore\.|global\.)?(consumer\.|producer\.|admin\.)?((bootstrap\.servers|group\.id|group\.instance\.id|client\.rack|transactional\.id|isolation\.level|enable\.auto\.commit|security\.protocol)$|sasl\.|ssl\.|config\.providers)|(application\.id|processing\.guarantee|state\.dir|num\.stream\.threads|num\.standby\.replicas)$)/;

/** Users' own programs: that they can be run at all. What they may do is checked by APPLICATION_RIGHT_RULES. */
export const APPLICATION_RULES: readonly Rule[] = [
  {
    code: 'APPLICATION-TARGET',
    level: 'error',
    what: 'Applications stand where pods run: on Kubernetes, or beside brokers whose pods another environment runs.',
    why: 'An application that is silently left out is found when its work is missed.',
    source: 'the environment schema',
    check(model, report) {
      const names = model.applications.map(({ name }) => name);
      if (names.length === 0 || model.target === 'kubernetes' || typeof model.spec.connect?.runtime === 'object')
        return;
      report({
        path: ['applications'],
        message: `${model.target} does not run applications, got ${names.join(', ')}; kubernetes does.`,
        hint: `Write ${overridePath(model, ['applications'])}: null, or declare them under targets.kubernetes.override.`,
      });
    },
  },
  {
    code: 'APPLICATION-WORK',
    level: 'error',
    what: 'An application reads, writes, or is a Kafka Streams application, which says both for itself.',
    why: 'Its settings and its scaling follow from what it does; beside streams, consume and produce would be ignored.',
    source: 'the environment schema',
    check(model, report) {
      for (const { name, consume, produce, streams } of model.applications) {
        const beside = [...(consume === undefined ? [] : ['consume']), ...(produce === undefined ? [] : ['produce'])];
        if (streams === undefined ? beside.length > 0 : beside.length === 0) continue;
        report({
          path: ['applications', name],
          message:
            streams === undefined
              ? 'the application does nothing with the cluster, got none of consume, produce and streams; one is needed.'
              : `the application says twice what it reads and writes, got ${beside.join(' and ')} beside streams; streams stands alone.`,
          hint: streams === undefined ? 'Add one of them.' : 'Move their topics to streams.',
        });
      }
    },
  },
  {
    code: 'APPLICATION-IMAGE',
    level: 'warning',
    what: 'The image of an application is named by its digest; without a tag, or with latest, it is an error.',
    why: 'A tag can be moved: pods that are started later would run something else than those that were tested.',
    source: 'Kubernetes documentation, Images',
    check(model, report) {
      for (const { name, image } of model.applications) {
        const { tag, digest } = imageReference(image);
        if (digest !== undefined) continue;
        const uncertain = tag === undefined || tag === 'latest';
        report({
          path: ['applications', name, 'image'],
          ...(uncertain ? { level: 'error' as const } : {}),
          message: `${uncertain ? 'it is not certain which image this is' : 'the image is not named by its digest'}, got ${image}; an image with @sha256: and 64 digits is safe.`,
          hint: 'Add the digest that the registry shows.',
        });
      }
    },
  },
  {
    code: 'APPLICATION-NAME',
    level: 'error',
    what: `The names of the objects of an application have at most ${LONGEST_NAME} characters, and none is that of a node pool.`,
    why: 'Kubernetes adds a hash to the name of a StatefulSet and puts it into a label, which ends at 63 characters; two of one name would replace each other.',
    source: 'Kubernetes documentation, Object Names and IDs',
    check(model, report) {
      const pools = new Set(model.pools.map((pool) => pool.name));
      for (const { name } of model.applications) {
        const object = `${model.name}-app-${name}`;
        const taken = [...pools].find((pool) => pool === `app-${name}` || pool.startsWith(`app-${name}-`));
        if (object.length <= LONGEST_NAME && taken === undefined) continue;
        report({
          path: ['applications', name],
          message:
            taken === undefined
              ? `the name is too long, got ${object} (${object.length} characters); at most ${LONGEST_NAME} are allowed.`
              : `the name is taken, got ${object} for the application and for node pool ${taken}; each needs its own.`,
          hint: taken === undefined ? 'Shorten the name of the application.' : 'Rename one of them.',
        });
      }
    },
  },
  {
    code: 'APPLICATION-PORT',
    level: 'error',
    what: 'No two ports of an application have the same number.',
    why: 'The API refuses a Service that has a port twice.',
    source: 'Kubernetes documentation, Service, Multi-port Services',
    check(model, report) {
      for (const { name, ports } of model.applications) {
        for (const [port, number] of Object.entries(ports)) {
          const [other] = Object.entries(ports).find(([, same]) => same === number)!;
          if (other === port) continue;
          report({
            path: ['applications', name, 'ports', port],
            message: `the port is there twice, got ${number} for ${other} and for ${port}; each has its own number.`,
            hint: 'Remove one of them, or choose another number.',
          });
        }
      }
    },
  },
  {
    code: 'APPLICATION-SCALING',
    level: 'error',
    what: 'What scales an application can be measured: lag with a group, processor time otherwise; no pods at all only with KEDA, which wakes it by its lag.',
    why: 'Without a group there is no lag, and without pods there is no processor time: it would never start again.',
    source: 'KEDA documentation, Apache Kafka; Kubernetes documentation, Horizontal Pod Autoscaling',
    check(model, report) {
      const keda = model.spec.targets?.kubernetes?.autoscaling?.by === 'keda';
      for (const application of model.applications) {
        const { name, autoscaling } = application;
        if (autoscaling === undefined) continue;
        const { minReplicas, maxReplicas, lag, cpu } = autoscaling;
        const path: Path = ['applications', name, 'autoscaling'];
        const find = (key: string, message: string, hint: string): void =>
          report({ path: [...path, ...(key === '' ? [] : [key])], message, hint });
        if (model.spec.applications?.[name]?.replicas !== undefined)
          report({
            path: ['applications', name, 'replicas'],
            message: `the number of pods is said twice, got replicas ${application.replicas} and autoscaling; one is allowed.`,
            hint: 'Remove it; minReplicas is the least.',
          });
        if (lag === undefined && cpu === undefined)
          find(
            '',
            'nothing says when to scale, got neither lag nor cpu; one is needed.',
            'Add lag: 1000, for example.',
          );
        if (lag !== undefined && applicationGroup(application) === undefined)
          find(
            'lag',
            'an application without a consumer group has no lag, got lag; cpu is allowed.',
            'Scale it by cpu, or say what it consumes.',
          );
        if (minReplicas > maxReplicas)
          find(
            'minReplicas',
            `the least is above the most, got ${minReplicas} and ${maxReplicas}; at most ${maxReplicas} is allowed.`,
            'Lower it.',
          );
        if (minReplicas === 0 && !(keda && lag !== undefined))
          find(
            'minReplicas',
            'nothing would start the application again, got 0; at least 1 is allowed without KEDA and lag.',
            'Write 1, or set targets.kubernetes.autoscaling.by: keda and scale by lag.',
          );
      }
    },
  },
  {
    code: 'APPLICATION-STOP',
    level: 'error',
    what: 'An application may take longer to end than its session lasts.',
    why: 'A member that is killed before it leaves its group is waited for until its session ends, and its partitions stand still.',
    source: 'Apache Kafka documentation, session.timeout.ms',
    check(model, report) {
      for (const application of model.applications) {
        const seconds = Math.ceil(application.sessionMs / 1000);
        if (applicationGroup(application) === undefined || application.stopSeconds > seconds) continue;
        report({
          path: ['applications', application.name, 'stopTimeout'],
          message: `the time to end is not longer than the session, got ${application.stopSeconds}s; more than ${seconds}s is allowed.`,
          hint: 'Raise it, or lower session.timeout.ms in its config.',
        });
      }
    },
  },
  {
    code: 'APPLICATION-PROBE',
    level: 'error',
    what: 'A probe asks in one way: a command, or a port, with or without a path.',
    why: 'Kubernetes refuses a probe with two ways and one with none.',
    source: 'Kubernetes documentation, Probes',
    check(model, report) {
      for (const { name, probes } of model.applications) {
        for (const [kind, { path, port, command }] of Object.entries(probes)) {
          if ((command === undefined) === (port !== undefined) && !(path !== undefined && port === undefined)) continue;
          const given = Object.entries({ path, port, command }).flatMap(([key, value]) =>
            value === undefined ? [] : [key],
          );
          report({
            path: ['applications', name, 'probes', kind],
            message: `it is not clear how to ask, got ${given.join(' and ') || 'nothing'}; command, port, or path and port are allowed.`,
            hint: 'Write for example { path: /health, port: 8080 }.',
          });
        }
      }
    },
  },
  {
    code: 'APPLICATION-OPTION',
    level: 'error',
    what: 'An option of the clients of an application is said once.',
    why: 'Connection, log-in, group, transactions and isolation follow from keys of their own; a second value would undo what was checked.',
    source: 'the environment schema',
    check(model, report) {
      for (const application of model.applications) {
        for (const section of ['consume', 'produce', 'streams'] as const) {
          for (const option of Object.keys(application[section]?.config ?? {})) {
            if (!OWNED.test(option)) continue;
            report({
              path: ['applications', application.name, section, 'config', option],
              message: `the option is said elsewhere, got ${option} under config; it follows from other keys.`,
              hint: 'Remove it here.',
            });
          }
        }
      }
    },
  },
  {
    code: 'APPLICATION-VARIABLE',
    level: 'error',
    what: 'An environment variable has a name that shells take, stands once, and is not one of those that the kit sets.',
    why: 'Of two values one would be ignored.',
    source: 'Kubernetes documentation, Define Environment Variables for a Container',
    check(model, report) {
      for (const application of model.applications) {
        const own = ownVariables(model, application);
        const { env = {}, secretEnv = {} } = model.spec.applications?.[application.name] ?? {};
        for (const [section, names] of [
          ['env', Object.keys(env)],
          ['secretEnv', Object.keys(secretEnv)],
        ] as const) {
          for (const name of names) {
            const problem = !VARIABLE.test(name)
              ? 'the name cannot be that of a variable'
              : own.includes(name)
                ? 'the kit sets this variable itself'
                : section === 'secretEnv' && Object.hasOwn(env, name)
                  ? 'the variable stands under env too'
                  : undefined;
            if (problem === undefined) continue;
            report({
              path: ['applications', application.name, section, name],
              message: `${problem}, got ${name}; letters, digits and underscores are allowed, each name once, and none of ${own.join(', ')}.`,
              hint: 'Rename it, or remove it.',
            });
          }
        }
      }
    },
  },
];

function ownVariables(model: EnvironmentModel, application: ApplicationModel): string[] {
  const known = model.listeners.some(({ name }) => name === application.listener);
  const named = known ? applicationVariables(model, application).map(([name]) => name) : [];
  return [...new Set(['POD_NAME', 'KAFKA_BOOTSTRAP_SERVERS', 'KAFKA_CLIENT_RACK', 'KAFKA_TRANSACTIONAL_ID', ...named])];
}
