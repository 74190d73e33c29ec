// `kdk validate` against bare node, for environments of 10, 1,000 and 10,000 topics.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, printTable } from './measure.mjs';

function environment(topics) {
  const lines = [
    'name: bench',
    'target: hosts',
    "kafka: { version: '4.3', config: { num.network.threads: 6 } }",
    'nodePools:',
    '  controllers: { roles: [controller], replicas: 3 }',
    '  brokers: { roles: [broker], replicas: 60 }',
    'racks: [r1, r2, r3]',
    'listeners:',
    '  internal: { authentication: scram-sha-512 }',
    'principals:',
    '  writer: { listener: internal, produce: { topics: [bench-*] } }',
    'targets:',
    '  hosts:',
    '    inventory:',
  ];
  for (let id = 0; id < 3; id++)
    lines.push(
      `      c${id}: { address: c${id}.example, nodePool: controllers, nodeId: ${id}, rack: r${id + 1}, logDirs: [/data/1/kafka] }`,
    );
  for (let id = 0; id < 60; id++)
    lines.push(
      `      b${id}: { address: b${id}.example, nodePool: brokers, nodeId: ${100 + id}, rack: r${(id % 3) + 1}, logDirs: [/data/1/kafka] }`,
    );
  lines.push('topics:');
  for (let id = 0; id < topics; id++) {
    lines.push(
      `  bench-${id}: { partitions: ${1 + (id % 12)}, retention: { time: ${14 + (id % 30)}d }, config: { compression.type: zstd, max.message.bytes: ${1_000_000 + id} } }`,
    );
  }
  return `${lines.join('\n')}\n`;
}

export function benchValidate(root, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-bench-'));
  try {
    const commands = { 'node -e 0': { command: [process.execPath, '-e', '0'] } };
    for (const topics of [10, 1_000, 10_000]) {
      const path = join(folder, `topics-${topics}.yaml`);
      writeFileSync(path, environment(topics));
      commands[`kdk validate, ${topics} topics`] = {
        command: [process.execPath, join(root, 'dist/bin/kdk.js'), 'validate', path],
      };
    }
    const rows = compare(commands, { rounds });
    printTable('Validation', rows, 'node -e 0', {
      'kdk validate, 10 topics': 'under 4x',
      'kdk validate, 10000 topics': 'under 2 s wall',
    });
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
