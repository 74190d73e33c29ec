import { parse } from 'yaml';
import { bootstrapServers, jmxExporterRules, jvmOptions, log4j2Configuration } from '../../../lib/core/config';
import { modelOfFile, modelOfText } from '../../support/environments';

interface Rule {
  readonly pattern: string;
  readonly name: string;
  readonly labels?: Record<string, string>;
}

/** What the exporter makes of an attribute, by its first rule that matches; it lowers the case and replaces what no name may hold. */
function exported(attribute: string): { name: string; labels: Record<string, string> } | undefined {
  for (const { pattern, name, labels } of (parse(jmxExporterRules()) as { rules: Rule[] }).rules) {
    // The exporter searches from the start to the end of the line.
    const match = new RegExp(`^.*(?:${pattern}).*$`).exec(attribute);
    if (match === null) continue;
    const fill = (text: string): string => text.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '');
    return {
      name: fill(name).replace(/[^\w]/g, '_').toLowerCase(),
      labels: Object.fromEntries(
        Object.entries(labels ?? {}).map(([key, value]) => [fill(key).toLowerCase(), fill(value)]),
      ),
    };
  }
  return undefined;
}

describe('rules of the JMX exporter', () => {
  test.each([
    ['kafka.server<type=KafkaServer, name=BrokerState><>Value: 3', 'kafka_server_kafkaserver_brokerstate', {}],
    [
      'kafka.server<type=ReplicaFetcherManager, name=MaxLag, clientId=Replica><>Value: 0',
      'kafka_server_replicafetchermanager_maxlag',
      { clientid: 'Replica' },
    ],
    [
      'kafka.server<type=BrokerTopicMetrics, name=BytesInPerSec><>Count: 1',
      'kafka_server_brokertopicmetrics_bytesin_total',
      {},
    ],
    [
      'kafka.server<type=KafkaRequestHandlerPool, name=RequestHandlerAvgIdlePercent><>OneMinuteRate: 1',
      'kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent',
      {},
    ],
    [
      'kafka.network<type=SocketServer, name=NetworkProcessorAvgIdlePercent><>Value: 1',
      'kafka_network_socketserver_networkprocessoravgidle_percent',
      {},
    ],
    [
      'kafka.network<type=RequestMetrics, name=TotalTimeMs, request=Produce><>99thPercentile: 4',
      'kafka_network_requestmetrics_totaltimems',
      { request: 'Produce', quantile: '0.99' },
    ],
    ['kafka.server<type=raft-metrics><>number-of-voters: 3', 'kafka_server_raft_metrics_number_of_voters', {}],
    [
      'kafka.server<type=raft-metrics><>current-state: follower',
      'kafka_server_raft_metrics_current_state',
      { state: 'follower' },
    ],
    [
      'kafka.server<type=replica-fetcher-metrics, broker-id=2, fetcher-id=0><>response-total: 5',
      'kafka_server_replica_fetcher_metrics_responses',
      { broker_id: '2', fetcher_id: '0' },
    ],
    [
      'kafka.server<type=socket-server-metrics, listener=VENDORS, networkProcessor=3><>connection-count: 0',
      'kafka_server_socket_server_metrics_connection_count',
      { listener: 'VENDORS', network_processor: '3' },
    ],
    [
      'kafka.log<type=LogManager, name=LogDirectoryOffline, logDirectory="/data/1/kafka"><>Value: 0',
      'kafka_log_logmanager_logdirectoryoffline',
      { logdirectory: '"/data/1/kafka"' },
    ],
    [
      'kafka.connect<type=connector-task-metrics, connector=orders-db, task=0><>status: running',
      'kafka_connect_connector_task_metrics_status',
      { connector: 'orders-db', task: '0', status: 'running' },
    ],
  ])('%s', (attribute, name, labels) => {
    expect(exported(attribute)).toEqual({ name, labels });
  });

  test('a rate or a mean of a meter is not exported: it can be had from the count', () => {
    expect(exported('kafka.server<type=BrokerTopicMetrics, name=BytesInPerSec><>FifteenMinuteRate: 1')).toBeUndefined();
  });

  test('only listed MBeans are read', () => {
    const { includeObjectNames } = parse(jmxExporterRules()) as { includeObjectNames: string[] };
    expect(includeObjectNames).toContain('kafka.server:type=ReplicaManager,name=*');
    expect(includeObjectNames.filter((name) => /^[^:]*\*/.test(name))).toEqual([]);
  });
});

describe('log4j2 configuration', () => {
  interface Configuration {
    Appenders: { Console: object; RollingFile?: { name: string; fileName: string }[] };
    Loggers: {
      Root: { AppenderRef: { ref: string; level?: string }[] };
      Logger: { name: string; level: string; AppenderRef?: { ref: string } }[];
    };
  }
  const read = (text: string): Configuration => (parse(text) as { Configuration: Configuration }).Configuration;

  test('in a container everything goes to the console', () => {
    const { Appenders, Loggers } = read(log4j2Configuration());
    expect(Appenders.RollingFile).toBeUndefined();
    expect(Loggers.Root.AppenderRef).toEqual([{ ref: 'console' }]);
    expect(Loggers.Logger.every(({ AppenderRef }) => AppenderRef === undefined)).toBe(true);
  });

  test('on a host each log has a file of bounded size and number, and the console says what is wrong', () => {
    const { Appenders, Loggers } = read(
      log4j2Configuration({ files: { directory: '/var/log/a $b', maxFileMiB: 100, maxFiles: 10 } }),
    );
    expect(Appenders.RollingFile!.map(({ fileName }) => fileName)).toEqual([
      '/var/log/a $$b/server.log',
      '/var/log/a $$b/controller.log',
      '/var/log/a $$b/state-change.log',
      '/var/log/a $$b/kafka-authorizer.log',
      '/var/log/a $$b/log-cleaner.log',
    ]);
    for (const file of Appenders.RollingFile!)
      expect(file).toMatchObject({
        SizeBasedTriggeringPolicy: { size: '100 MB' },
        DefaultRolloverStrategy: { max: 10 },
      });
    expect(Loggers.Root.AppenderRef).toEqual([{ ref: 'console', level: 'WARN' }, { ref: 'server' }]);
    const appenders = new Set(['console', ...Appenders.RollingFile!.map(({ name }) => name)]);
    for (const { AppenderRef } of Loggers.Logger) if (AppenderRef) expect(appenders).toContain(AppenderRef.ref);
    expect(Loggers.Logger.find(({ name }) => name === 'state.change.logger')).toMatchObject({ level: 'INFO', AppenderRef: { ref: 'stateChange' } }); // prettier-ignore
  });
});

describe('options of the Java virtual machine', () => {
  const dc1 = modelOfFile('dc1');
  const broker = dc1.nodes.find(({ name }) => name === 'b1')!;

  test('the heap has one size, and nothing is written without a folder for it', () => {
    const options = jvmOptions(dc1, broker);
    expect(options).toContain('-XX:G1HeapRegionSize=16M');
    expect(jvmOptions(dc1, { ...broker, heapMiB: 2048 }).join(' ')).not.toContain('G1HeapRegionSize');
    expect(options.slice(0, 2)).toEqual(['-Xms6144m', '-Xmx6144m']);
    expect(options).toContain('-XX:+ExitOnOutOfMemoryError');
    expect(options.join(' ')).not.toMatch(/Xlog|HeapDump/);
  });

  test('collector logs and heap dumps go to the folder that is given', () => {
    const options = jvmOptions(dc1, broker, { logDir: '/var/log/my kafka' });
    expect(options).toContain('-XX:HeapDumpPath=/var/log/my kafka');
    expect(options).toContain('-Xlog:gc*:file="/var/log/my kafka/gc.log":time,tags:filecount=10,filesize=20M');
  });

  test('the URLs that tokens are checked with are allowed, and no others', () => {
    const model = modelOfText(`
name: tokens
target: hosts
kafka: { version: '4.3', config: { sasl.oauthbearer.jwks.endpoint.url: "https://id.example/keys" } }
nodePools: { nodes: { roles: [broker, controller], replicas: 1 } }
listeners: { internal: { authentication: oauthbearer } }
topicDefaults: { replicationFactor: 1, minInSyncReplicas: 1 }
targets: { hosts: { inventory: { n1: { address: n1.example, nodePool: nodes, nodeId: 0, logDirs: [/data/kafka] } } } }
`);
    expect(jvmOptions(model, model.nodes[0]!)).toContain(
      '-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=https://id.example/keys',
    );
    expect(jvmOptions(dc1, broker).join(' ')).not.toContain('oauthbearer');
  });
});

test('bootstrap servers are the brokers that serve a listener, by the name of either file', () => {
  const dc1 = modelOfFile('dc1');
  expect(bootstrapServers(dc1, 'internal')).toBe('b1.dc1.example:9092,b2.dc1.example:9092,b3.dc1.example:9092');
  expect(bootstrapServers(dc1, 'REPLICATION')).toContain('b1.dc1.example:9091');
});
