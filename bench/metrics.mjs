// What metrics cost: series and the time of a scrape of a broker with 1,000 partitions, by the rules of the kit and by rules that tell
// everything, and records a second with nodes that are scraped against nodes without an exporter.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { freePorts } from './free-ports.mjs';
import { median } from './measure.mjs';
import { inRounds, produce, renderedCluster } from './throughput.mjs';

const VERSION = '4.3.1';
const PARTITIONS = 1_000;
/** As Prometheus is told to by `kdk render --monitoring`, twice as often. */
const SCRAPE_EVERY_MS = 15_000;
const SCRAPES = 10;
const WARM_SCRAPES = 100;
/** A node of three with three replicas of each: it holds all of them. */
const MANY = `  many: { partitions: ${PARTITIONS}, minInSyncReplicas: 2 }\n`;

/**
 * Counts of meters and histograms, percentiles and gauges of every bean of Kafka, with all of their keys: as many values as the example
 * for Kafka that the exporter comes with (examples/kafka-kraft-3_0_0.yml), which names them in another way. KDK_BENCH_EXPORTER_RULES names
 * a file to compare with instead.
 */
const EVERYTHING = `lowercaseOutputName: true
rules:
  - pattern: "kafka[.]\\\\w+<type=.+, name=.+><>(Count|Value|[0-9]+thPercentile)"
  - pattern: "kafka[.]server<type=.+><>[a-z-]+"
`;

async function scrape(port) {
  const started = performance.now();
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const ms = performance.now() - started;
  return {
    ms,
    bytes: text.length,
    series: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
  };
}

/** The exporter reads its rules anew where their file has changed: the same broker tells by both, in turn. */
async function scrapes({ folder, name, ports: [port] }, rounds) {
  const file = join(folder, `.kdk/${name}/nodes/nodes-0/config/jmx-exporter.yaml`);
  const kit = readFileSync(file, 'utf8');
  const other = process.env.KDK_BENCH_EXPORTER_RULES;
  const rules = { kit, everything: other === undefined ? EVERYTHING : readFileSync(other, 'utf8') };
  const samples = { kit: [], everything: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [which, text] of Object.entries(rules)) {
      writeFileSync(file, text);
      // The first ones read the rules and look for beans.
      for (let warm = 0; warm < 3; warm++) await scrape(port);
      for (let times = 0; times < SCRAPES; times++) samples[which].push(await scrape(port));
    }
  }
  writeFileSync(file, kit);
  return samples;
}

const middle = (samples, key) => median(samples.map((sample) => sample[key]));

/** Records a second of clusters that were started one after the other, as named; `on` is read while it is written to. */
async function writes(start, order, { tools, rounds }) {
  const clusters = {};
  for (const name of order) clusters[name] = await start(name, name === 'on' ? ['--metrics'] : []);
  const { on, off } = clusters;
  const scrapeAll = () => Promise.all(on.ports.map(scrape));
  // Code that runs for the first time costs far more, and brokers run for months.
  for (let warm = 0; warm < WARM_SCRAPES; warm++) await scrapeAll();
  const samples = await inRounds(
    {
      off: () => produce(tools, off),
      on: async () => {
        const read = () => void scrapeAll().catch(() => {});
        read();
        const reading = setInterval(read, SCRAPE_EVERY_MS);
        try {
          return await produce(tools, on);
        } finally {
          clearInterval(reading);
        }
      },
    },
    rounds,
  );
  await Promise.all([on.stop(), off.stop()]);
  return samples;
}

export async function benchMetrics(root, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-bench-'));
  const running = new Set();
  let started = 0;
  const start = async (name, flags) => {
    const firstPort = await freePorts(12);
    const unique = `${name}${++started}`;
    const cluster = await renderedCluster(root, folder, { name: unique, firstPort, flags, yaml: MANY });
    running.add(cluster);
    const stop = () => cluster.stop().finally(() => running.delete(cluster));
    return { ...cluster, stop, name: unique, folder, ports: [0, 1, 2].map((node) => firstPort + 9 + node) };
  };
  try {
    const { kafkaHome } = createRequire(import.meta.url)(join(root, 'dist/lib/local/kafka-home'));
    const home = await kafkaHome({ version: VERSION, metrics: true, progress: () => {} });
    const tools = { java: home.java.executable, libs: join(home.path, 'libs/*') };

    process.stderr.write('  scrapes, of a cluster of their own\n');
    const scraped = await start('scraped', ['--metrics']);
    const { kit, everything } = await scrapes(scraped, rounds);
    await scraped.stop();

    // The cluster that was started last is the faster one, so each of them is it once.
    const samples = { on: [], off: [] };
    for (const order of [
      ['on', 'off'],
      ['off', 'on'],
    ]) {
      process.stderr.write(`  writes, to clusters started as ${order.join(', ')}\n`);
      const some = await writes(start, order, { tools, rounds });
      for (const name of order) samples[name].push(...some[name]);
    }
    const ratio = median(samples.on.map((value, round) => value / samples.off[round]));

    console.log(
      `\nA scrape of a broker with ${PARTITIONS.toLocaleString('en')} partitions (median of ${rounds} rounds of ${SCRAPES})`,
    );
    console.log(`${'rules'.padEnd(28)} ${'series'.padStart(8)} ${'KiB'.padStart(8)} ${'ms'.padStart(8)}`);
    for (const [name, of] of [['of the kit', kit], ['that tell everything', everything]])
      console.log(`${name.padEnd(28)} ${String(middle(of, 'series')).padStart(8)} ${(middle(of, 'bytes') / 1024).toFixed(0).padStart(8)} ${middle(of, 'ms').toFixed(0).padStart(8)}`); // prettier-ignore
    console.log(`kit against everything       series ${(middle(kit, 'series') / middle(everything, 'series')).toFixed(3)}x, time ${(middle(kit, 'ms') / middle(everything, 'ms')).toFixed(3)}x`); // prettier-ignore
    console.log(
      `\nRecords a second: ${median(samples.on).toFixed(0)} with metrics that are read every ${SCRAPE_EVERY_MS / 1000} s, ${median(samples.off).toFixed(0)} without`,
    );
    console.log(`with metrics against without ${ratio.toFixed(2)}x  aim: at least 0.98x`);
  } finally {
    for (const cluster of running) await cluster.stop().catch((error) => console.error(error.message));
    rmSync(folder, { recursive: true, force: true });
  }
}
