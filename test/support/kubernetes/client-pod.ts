import type { Manifest } from '../manifests';
import { applyObjects } from './kubectl';
import { BROKERS, PASSWORD } from './lab-cluster';
import { LAB, LOAD_USER } from './lab-environment';
import { kubernetesSettings } from './settings';
import type { TestNamespace } from './test-namespace';

export interface ClientPodOptions {
  readonly name?: string;
  /** Names of nodes of Kubernetes that it must not run on. */
  readonly avoid?: readonly string[];
}

const FILES = '/etc/client';

/** Files in a client pod. */
export const CLIENT_FILES = {
  /** Logs in as the user that may use the topic. */
  user: `${FILES}/user.properties`,
  /** Of nobody: encrypted, without a log-in. */
  nobody: `${FILES}/nobody.properties`,
  /** The user with another password. */
  wrong: `${FILES}/wrong.properties`,
  /** The user, for a producer that never tries twice. */
  once: `${FILES}/once.properties`,
  /** The administrator, on the replication listener. */
  admin: `${FILES}/admin.properties`,
} as const;

/** A pod with Kafka's tools that clients run in: it may reach the listeners, and the metrics as Prometheus does. */
export class ClientPod {
  static async start(namespace: TestNamespace, options: ClientPodOptions = {}): Promise<ClientPod> {
    const { name = 'client' } = options;
    await applyObjects(objects(namespace.name, name, options));
    const brokers = await namespace.list('pods', BROKERS);
    const client = new ClientPod(
      namespace,
      name,
      brokers.map(({ metadata }) => metadata.name as string),
    );
    await namespace.run(['wait', '--for=condition=Ready', `pod/${name}`, '--timeout=180s'], 200);
    return client;
  }

  private constructor(
    readonly namespace: TestNamespace,
    readonly name: string,
    /** Names of the pods of brokers. */
    readonly brokers: readonly string[],
  ) {}

  get bootstrap(): string {
    return `${LAB}-internal-bootstrap.${this.namespace.name}.svc.cluster.local:9092`;
  }

  shell(script: string, seconds?: number): Promise<string> {
    return this.namespace.shell(this.name, script, seconds);
  }

  /** The text of a command that runs a tool of Kafka, for a shell in the pod. */
  tool(className: string, args: readonly string[]): string {
    return `java -Xmx160m -XX:TieredStopAtLevel=1 -Dlog4j2.configurationFile=${FILES}/log4j2.yaml -cp '/opt/kafka/libs/*' ${className} ${args.join(' ')}`;
  }

  /** Asks the controllers and brokers as the administrator. */
  admin(className: string, args: readonly string[], seconds = 120): Promise<string> {
    const servers = this.brokers.map((broker) => `${this.host(broker)}:9091`).join(',');
    return this.shell(
      this.tool(className, ['--bootstrap-server', servers, '--command-config', CLIENT_FILES.admin, ...args]),
      seconds,
    );
  }

  host(pod: string): string {
    return `${pod}.${LAB}-nodes.${this.namespace.name}.svc.cluster.local`;
  }
}

function objects(namespace: string, name: string, { avoid = [] }: ClientPodOptions): Manifest[] {
  const tls = (folder: string): string[] => [
    'ssl.truststore.type=PEM',
    `ssl.truststore.location=${FILES}-tls/${folder}/ca.crt`,
  ];
  const login = (password: string): string[] => [
    'security.protocol=SASL_SSL',
    'sasl.mechanism=SCRAM-SHA-512',
    `sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="${LOAD_USER}" password="${password}";`,
    ...tls('admin'),
    // A log-in takes its time where all the cluster runs on a machine of two cores.
    'socket.connection.setup.timeout.ms=60000',
    'socket.connection.setup.timeout.max.ms=60000',
  ];
  const quick = ['request.timeout.ms=15000', 'default.api.timeout.ms=20000', 'max.block.ms=20000'];
  const files: Record<string, readonly string[]> = {
    'user.properties': login(PASSWORD),
    'wrong.properties': [...login('not-the-password'), ...quick],
    'nobody.properties': ['security.protocol=SSL', ...tls('admin'), ...quick],
    'once.properties': [
      ...login(PASSWORD),
      'retries=0',
      'acks=all',
      'enable.idempotence=false',
      'max.block.ms=60000',
      'request.timeout.ms=20000',
      'delivery.timeout.ms=30000',
    ],
    'admin.properties': [
      'security.protocol=SSL',
      ...tls('admin'),
      'ssl.keystore.type=PEM',
      'ssl.keystore.location=/tmp/admin.pem',
    ],
    'log4j2.yaml': [
      'Configuration:',
      '  Appenders: { Console: { name: STDERR, target: SYSTEM_ERR, PatternLayout: { pattern: "%p %m (%c)%n" } } }',
      '  Loggers: { Root: { level: WARN, AppenderRef: [{ ref: STDERR }] } }',
    ],
  };
  const data = Object.fromEntries(Object.entries(files).map(([file, lines]) => [file, `${lines.join('\n')}\n`]));
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace,
        labels: {
          'kafka-deployment-kit/client': LAB,
          'kafka-deployment-kit/admin': LAB,
          'kafka-deployment-kit/connect-client': LAB,
          'app.kubernetes.io/name': 'prometheus',
        },
      },
      spec: {
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 1,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1000,
          runAsGroup: 1000,
          fsGroup: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        ...(avoid.length === 0 ? {} : { affinity: elsewhere(avoid) }),
        containers: [
          {
            name: 'client',
            image: kubernetesSettings().image,
            command: [
              'bash',
              '-c',
              `cat ${FILES}-tls/admin/tls.key ${FILES}-tls/admin/tls.crt > /tmp/admin.pem; trap exit TERM; while :; do sleep 3600 & wait $!; done`,
            ],
            resources: { requests: { memory: '768Mi' }, limits: { memory: '768Mi' } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
            volumeMounts: [
              { name: 'files', mountPath: FILES, readOnly: true },
              { name: 'admin', mountPath: `${FILES}-tls/admin`, readOnly: true },
              { name: 'tmp', mountPath: '/tmp' },
            ],
          },
        ],
        volumes: [
          { name: 'files', configMap: { name } },
          { name: 'admin', secret: { secretName: `${LAB}-admin-tls`, defaultMode: 0o440 } },
          { name: 'tmp', emptyDir: {} },
        ],
      },
    },
  ];
}

function elsewhere(nodes: readonly string[]): Manifest {
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'NotIn', values: [...nodes] }] },
        ],
      },
    },
  };
}
