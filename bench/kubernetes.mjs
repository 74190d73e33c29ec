// Rendering an environment for Kubernetes, against plain cdk8s with the very objects that come out: what is left is reading, checking and
// working them out. And what a probe of a node costs (probe.mjs).
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, printTable } from './measure.mjs';
import { benchProbe } from './probe.mjs';

const SIZES = [
  { brokers: 3, topics: 10 },
  { brokers: 60, topics: 10 },
  { brokers: 3, topics: 10_000 },
  { brokers: 60, topics: 10_000 },
];

function environment({ brokers, topics }) {
  const lines = [
    'name: bench',
    'target: kubernetes',
    "kafka: { version: '4.3' }",
    'nodePools:',
    '  controllers: { roles: [controller], replicas: 3, volumes: [{ size: 20GiB }] }',
    `  brokers: { roles: [broker], replicas: ${brokers}, volumes: [{ size: 1TiB }] }`,
    'racks: [a, b, c]',
    'listeners: { internal: { authentication: scram-sha-512 } }',
    'principals: { writer: { listener: internal, produce: { topics: [bench-*] } } }',
    'connect: { replicas: 3 }',
    'targets:',
    '  kubernetes:',
    "    version: '1.34'",
    '    namespace: kafka',
    `    images: { kafka: 'r.example/kafka@sha256:${'0'.repeat(64)}', tools: 'r.example/tools@sha256:${'0'.repeat(64)}' }`,
    'topics:',
  ];
  for (let id = 0; id < topics; id++)
    lines.push(`  bench-${id}: { partitions: ${1 + (id % 12)}, retention: { time: ${14 + (id % 30)}d } }`);
  return `${lines.join('\n')}\n`;
}

export async function benchKubernetes(root, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-bench-'));
  try {
    const rows = SIZES.flatMap((size) => benchRender(root, folder, size, rounds));
    return [...rows, ...(await benchProbe(root, folder, rounds))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function benchRender(root, folder, size, rounds) {
  const title = `${size.brokers} brokers, ${size.topics.toLocaleString('en')} topics`;
  const here = join(folder, `${size.brokers}-${size.topics}`);
  mkdirSync(here);
  const path = join(here, 'bench.yaml');
  writeFileSync(path, environment(size));
  const objects = objectsOf(root, path);
  writeFileSync(join(here, 'objects.json'), JSON.stringify(objects));
  const baseline = `cdk8s, ${objects.length} objects as they are`;
  const rows = compare(
    {
      [baseline]: {
        command: [process.execPath, join(root, 'bench/peers/cdk8s-objects.cjs')],
        env: { KDK_BENCH_OBJECTS: join(here, 'objects.json'), CDK8S_OUTDIR: join(here, 'plain') },
      },
      'kdk validate': { command: [process.execPath, join(root, 'dist/bin/kdk.js'), 'validate', path] },
      'kdk render': {
        command: [process.execPath, join(root, 'dist/bin/kdk.js'), 'render', path, '--out', join(here, 'kit')],
      },
    },
    { rounds },
  );
  printTable(title, rows, baseline, { 'kdk render': size.topics > 1000 ? 'at most 8x' : 'at most 2.5x' });
  return rows.map((row) => ({ ...row, title }));
}

/** What the kit renders, so that the baseline makes neither more nor less. */
function objectsOf(root, path) {
  const require = createRequire(import.meta.url);
  const { openEnvironment } = require(join(root, 'dist/lib/environment/open.js'));
  const { renderKubernetes } = require(join(root, 'dist/charts/render.js'));
  const { parse } = require('yaml');
  const { model, issues } = openEnvironment({ path, read: (file) => readFileSync(file, 'utf8') });
  const errors = issues.filter(({ level }) => level === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return renderKubernetes(model).map(({ content }) => parse(content));
}
