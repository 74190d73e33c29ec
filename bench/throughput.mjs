// Records a second with RF 3 and acks=all: brokers with the rendered configuration against brokers with Kafka's stock server.properties, and
// the rendered settings of a producer against its defaults. Both clusters are up all the time, with the same heap on the same disk, and
// are written to in turn, so a slow moment of the machine hits all of them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.mjs';
import { median } from './measure.mjs';
import { NodeProcess, run, startAll, stopAll } from './node-processes.mjs';

const VERSION = '4.3.1';
const HEAP_MIB = 512;
const PARTITIONS = 12;
const RECORD_BYTES = 512;
const RECORDS = 150_000;
const CLUSTER_ID = 'c3RvY2stc2VydmVyLXByb3A';

/** config/server.properties of the release, but for what makes three nodes of it: ids, ports, folders, the quorum. Source: Apache Kafka 4.3.1. */
const STOCK = {
  'process.roles': 'broker,controller',
  'controller.listener.names': 'CONTROLLER',
  'inter.broker.listener.name': 'PLAINTEXT',
  'listener.security.protocol.map':
    'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL',
  'num.network.threads': 3,
  'num.io.threads': 8,
  'socket.send.buffer.bytes': 102400,
  'socket.receive.buffer.bytes': 102400,
  'socket.request.max.bytes': 104857600,
  'num.partitions': 1,
  'num.recovery.threads.per.data.dir': 2,
  'offsets.topic.replication.factor': 1,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'log.retention.hours': 168,
  'log.segment.bytes': 1073741824,
  'log.retention.check.interval.ms': 300000,
};
/** bin/kafka-run-class.sh, KAFKA_JVM_PERFORMANCE_OPTS. */
const STOCK_JVM = ['-server', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20', '-XX:InitiatingHeapOccupancyPercent=35', '-XX:+ExplicitGCInvokesConcurrent', '-Djava.awt.headless=true']; // prettier-ignore

/** Three nodes as somebody makes them who follows Kafka's own quick start. */
async function stockCluster(folder, { java, libs, firstPort }) {
  const ids = [1, 2, 3];
  const port = (id) => firstPort + 2 * (id - 1);
  const voters = ids.map((id) => `${id}@127.0.0.1:${port(id) + 1}:${Buffer.alloc(16, id).toString('base64url')}`);
  const nodes = [];
  for (const id of ids) {
    const at = join(folder, `stock-${id}`);
    mkdirSync(at, { recursive: true });
    const properties = {
      ...STOCK,
      'node.id': id,
      listeners: `PLAINTEXT://127.0.0.1:${port(id)},CONTROLLER://127.0.0.1:${port(id) + 1}`,
      'controller.quorum.bootstrap.servers': ids.map((other) => `127.0.0.1:${port(other) + 1}`).join(','),
      'log.dirs': join(at, 'data'),
    };
    const file = join(at, 'server.properties');
    writeFileSync(file, Object.entries(properties).map(([name, value]) => `${name}=${value}\n`).join('')); // prettier-ignore
    const log = join(at, 'server.log');
    writeFileSync(
      join(at, 'log4j2.yaml'),
      `Configuration:\n  Appenders:\n    File: { name: F, fileName: "${log}", PatternLayout: { pattern: "[%d] %p %m (%c)%n" } }\n  Loggers:\n    Root: { level: INFO, AppenderRef: { ref: F } }\n`,
    );
    await run(java, ['-Xmx128m', '-cp', libs, 'kafka.tools.StorageTool', 'format', '--cluster-id', CLUSTER_ID, '--config', file, '--initial-controllers', voters.join(',')]); // prettier-ignore
    nodes.push(
      new NodeProcess({
        command: [java, `-Xms${HEAP_MIB}m`, `-Xmx${HEAP_MIB}m`, ...STOCK_JVM, `-Dlog4j2.configurationFile=${join(at, 'log4j2.yaml')}`, '-cp', libs, 'kafka.Kafka', file], // prettier-ignore
        log,
      }),
    );
  }
  await startAll(nodes);
  const bootstrap = ids.map((id) => `127.0.0.1:${port(id)}`).join(',');
  await run(java, ['-Xmx128m', '-cp', libs, 'org.apache.kafka.tools.TopicCommand', '--bootstrap-server', bootstrap, '--create', '--topic', 'load', '--partitions', String(PARTITIONS), '--replication-factor', '3', '--config', 'min.insync.replicas=2']); // prettier-ignore
  return { bootstrap, stop: () => stopAll(nodes) };
}

/** The same by `kdk up`. */
export async function renderedCluster(root, folder, { name = 'bench', firstPort, flags = [], yaml = '' }) {
  const kdk = (...args) => run(process.execPath, [join(root, 'dist/bin/kdk.js'), ...args], { cwd: folder });
  const file = join(folder, `${name}.yaml`);
  writeFileSync(
    file,
    `name: ${name}\ntarget: local\nkafka: { version: '4.3' }\nnodePools:\n  nodes: { roles: [broker, controller], replicas: 3, heap: ${HEAP_MIB}MiB }\nlisteners:\n  internal: { authentication: none }\ntopics:\n  load: { partitions: ${PARTITIONS}, minInSyncReplicas: 2 }\n${yaml}principals:\n  writer: { listener: internal, produce: { topics: [load] } }\ntargets:\n  local: { heap: ${HEAP_MIB}MiB, ports: { first: ${firstPort} } }\n`,
  );
  await kdk('up', file, ...flags);
  const clients = join(folder, `clients-${name}`);
  await kdk('render', file, '--clients', clients);
  const settings = join(clients, 'writer/producer.properties');
  return {
    bootstrap: /^bootstrap\.servers=(.*)$/m.exec(readFileSync(settings, 'utf8'))[1].replaceAll('\\', ''),
    settings,
    stop: () => kdk('down', file),
  };
}

/** Writes to the topic `load` as fast as it goes; records a second. */
export async function produce({ java, libs }, { bootstrap }, settings) {
  const args = ['--topic', 'load', '--num-records', String(RECORDS), '--record-size', String(RECORD_BYTES), '--throughput', '-1']; // prettier-ignore
  const props = settings === undefined ? [] : ['--producer.config', settings];
  const output = await run(java, ['-Xmx256m', '-cp', libs, 'org.apache.kafka.tools.ProducerPerformance', ...args, ...props, '--producer-props', 'acks=all', `bootstrap.servers=${bootstrap}`]); // prettier-ignore
  return Number(/([\d.]+) records\/sec/.exec(output.trim().split('\n').at(-1))[1]);
}

/** Runs each case once to warm it, then all of them in rounds: what each gave, by its name. */
export async function inRounds(cases, rounds) {
  process.stderr.write('  warming\n');
  for (const once of Object.values(cases)) await once();
  const samples = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`  round ${round} of ${rounds}\n`);
    // Each begins a round in turn: a run is slowed down by what the one before it leaves to be written to disk.
    const names = Object.keys(cases);
    for (let place = 0; place < names.length; place++) {
      const name = names[(round + place) % names.length];
      samples[name].push(await cases[name]());
    }
  }
  return samples;
}

export async function benchThroughput(root, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-bench-'));
  const { kafkaHome } = createRequire(import.meta.url)(join(root, 'dist/lib/local/kafka-home'));
  const started = [];
  try {
    const home = await kafkaHome({ version: VERSION, metrics: false, progress: () => {} });
    const libs = join(home.path, 'libs/*');
    const java = home.java.executable;
    process.stderr.write('  starting the stock cluster and the rendered one\n');
    const stock = await stockCluster(folder, { java, libs, firstPort: await freePorts(6) });
    started.push(stock);
    const rendered = await renderedCluster(root, folder, { firstPort: await freePorts(9) });
    started.push(rendered);
    const tools = { java, libs };
    const samples = await inRounds(
      {
        'stock brokers, default producer': () => produce(tools, stock),
        'rendered brokers, default producer': () => produce(tools, rendered),
        'rendered brokers, rendered producer': () => produce(tools, rendered, rendered.settings),
      },
      rounds,
    );
    const [bare, brokers, producer] = Object.values(samples);
    const ratio = (of, to) => {
      const ratios = of.map((value, round) => value / to[round]);
      return `${median(ratios).toFixed(2)}x (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
    };
    console.log(`\nRecords a second, RF 3, acks=all, ${RECORD_BYTES} bytes, ${PARTITIONS} partitions (median; x: median ratio within a round, and the range)`); // prettier-ignore
    for (const [name, values] of Object.entries(samples)) console.log(`${name.padEnd(36)} ${median(values).toFixed(0).padStart(8)}`); // prettier-ignore
    console.log(`rendered against stock brokers       ${ratio(brokers, bare)}  aim: at least 1.0x`);
    console.log(`rendered against default producer    ${ratio(producer, brokers)}  aim: at least 1.5x`);
    return samples;
  } finally {
    for (const cluster of started.reverse()) await cluster.stop().catch((error) => console.error(error.message));
    rmSync(folder, { recursive: true, force: true });
  }
}
