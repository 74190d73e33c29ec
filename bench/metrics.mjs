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
async function scrapes({ folder, name, port }, rounds) {
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

export async function benchMetrics(root, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-bench-'));
  const { kafkaHome } = createRequire(import.meta.url)(join(root, 'dist/lib/local/kafka-home'));
  const started = [];
  let scraping;
  try {
    const home = await kafkaHome({ version: VERSION, metrics: true, progress: () => {} });
    const tools = { java: home.java.executable, libs: join(home.path, 'libs/*') };
    process.stderr.write('  starting a cluster with metrics and one without\n');
    const firstPort = await freePorts(12);
    const measured = await renderedCluster(root, folder, { name: 'on', firstPort, flags: ['--metrics'], yaml: MANY });
    started.push(measured);
    const ports = [0, 1, 2].map((node) => firstPort + 9 + node);
    const { kit, everything } = await scrapes({ folder, name: 'on', port: ports[0] }, rounds);

    started.push(await renderedCluster(root, folder, { name: 'off', firstPort: await freePorts(9), yaml: MANY }));
    const [on, off] = started;
    scraping = setInterval(() => void Promise.all(ports.map(scrape)).catch(() => {}), SCRAPE_EVERY_MS);
    const samples = await inRounds({ off: () => produce(tools, off), on: () => produce(tools, on) }, rounds);
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
    clearInterval(scraping);
    for (const cluster of started.reverse()) await cluster.stop().catch((error) => console.error(error.message));
    rmSync(folder, { recursive: true, force: true });
  }
}
