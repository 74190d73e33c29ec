import type { ApplicationSpec, EnvironmentSpec } from '../spec';
import { durationMs, MIB, sizeBytes } from '../units';
import type { ApplicationModel, ApplicationProbe, ApplicationScaling } from './application-model';
import type { Settler } from './explain';

/** `session.timeout.ms` of consumers, since Kafka 3.0. */
const SESSION_MS = 45_000;
/** Of the images of the kit and of `apache/kafka`; a name could not be told from root. */
const USER = 1000;

type Probe = NonNullable<NonNullable<ApplicationSpec['probes']>['startup']>;

export function resolveApplications(spec: EnvironmentSpec, settler: Settler): ApplicationModel[] {
  return Object.entries(spec.applications ?? {}).map(([name, application]) =>
    resolveApplication(spec, name, application, settler),
  );
}

function resolveApplication(
  spec: EnvironmentSpec,
  name: string,
  written: ApplicationSpec,
  settler: Settler,
): ApplicationModel {
  const at = (...path: string[]): string[] => ['applications', name, ...path];
  const { image, principal, command, args, consume, produce, streams, autoscaling, probes = {} } = written;
  const own = principal === undefined ? undefined : spec.principals?.[principal]?.listener;
  return {
    name,
    image,
    ...(principal === undefined ? {} : { principal }),
    listener: own ?? (principal === undefined ? (written.listener ?? Object.keys(spec.listeners)[0] ?? '') : ''),
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    env: texts(written.env),
    secretEnv: written.secretEnv ?? {},
    user: settler.settle(at('user'), written.user, () => USER, 'the user of the images of Apache Kafka'),
    ...(consume === undefined
      ? {}
      : { consume: { topics: consume.topics, group: consume.group, config: texts(consume.config) } }),
    ...(produce === undefined
      ? {}
      : {
          produce: {
            topics: produce.topics,
            config: texts(produce.config),
            ...(produce.transactionalIdPrefix === undefined
              ? {}
              : { transactionalIdPrefix: produce.transactionalIdPrefix }),
          },
        }),
    ...(streams === undefined
      ? {}
      : {
          streams: {
            applicationId: streams.applicationId,
            consume: streams.consume,
            produce: streams.produce ?? [],
            threads: streams.threads ?? 1,
            config: texts(streams.config),
            ...(streams.state === undefined
              ? { standbyReplicas: 0 }
              : {
                  stateBytes: sizeBytes(streams.state.size),
                  standbyReplicas: settler.settle(
                    at('streams', 'state', 'standbyReplicas'),
                    streams.state.standbyReplicas,
                    () => 1,
                    'a store whose pod is lost goes on on another without being read again',
                  ),
                }),
          },
        }),
    exactlyOnce: written.deliveryGuarantee === 'exactly-once',
    replicas: settler.settle(at('replicas'), written.replicas, () => 2, 'one goes on when the other is lost'),
    ...(autoscaling === undefined ? {} : { autoscaling: scaling(autoscaling) }),
    memoryMiB: settler.settle(
      at('memory'),
      written.memory === undefined ? undefined : Math.floor(sizeBytes(written.memory) / MIB),
      () => 1024,
      'room for a Java process with the default buffers of its clients',
    ),
    cpuMillis: Math.round(
      1000 * settler.settle(at('cpu'), written.cpu, () => 0.25, 'what is asked for is shared out when nodes are busy'),
    ),
    ports: written.ports ?? {},
    probes: Object.fromEntries(Object.entries(probes).map(([kind, each]) => [kind, probe(each)])),
    sessionMs: sessionMs(written),
    stopSeconds: settler.settle(
      at('stopTimeout'),
      written.stopTimeout === undefined ? undefined : Math.ceil(durationMs(written.stopTimeout) / 1000),
      () => Math.max(60, Math.ceil((sessionMs(written) * 4) / 3000)),
      'longer than the session of a consumer: who leaves in time is not waited for',
      (seconds) => `${seconds}s`,
    ),
  };
}

/** How long a group waits for a member of the application that is silent. */
function sessionMs({ consume, streams }: ApplicationSpec): number {
  const written =
    streams?.config?.['consumer.session.timeout.ms'] ??
    streams?.config?.['session.timeout.ms'] ??
    consume?.config?.['session.timeout.ms'];
  const number = Number(written);
  return written === undefined || !Number.isFinite(number) ? SESSION_MS : number;
}

function scaling(written: NonNullable<ApplicationSpec['autoscaling']>): ApplicationScaling {
  const { maxReplicas, lag, cpu, cooldown = '5m' } = written;
  // As without scaling: one goes on when the other is lost.
  const minReplicas = written.minReplicas ?? Math.min(2, maxReplicas);
  return {
    minReplicas,
    maxReplicas,
    ...(lag === undefined ? {} : { lag }),
    ...(cpu === undefined ? {} : { cpu }),
    cooldownSeconds: Math.ceil(durationMs(cooldown) / 1000),
  };
}

function probe({ path, port, command, period = '10s', failures = 3 }: Probe): ApplicationProbe {
  return {
    ...(path === undefined ? {} : { path }),
    ...(port === undefined ? {} : { port }),
    ...(command === undefined ? {} : { command }),
    periodSeconds: Math.ceil(durationMs(period) / 1000),
    failures,
  };
}

function texts(values: Readonly<Record<string, string | number | boolean>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
