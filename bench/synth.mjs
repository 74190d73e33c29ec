// Synth of each environment's compiled app against an empty CDK app and what others would write. The template validator is off:
// it costs every app the same seconds and would hide the rest.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, printTable } from './measure.mjs';

export function benchSynth(root, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-bench-'));
  const env = { CDK_VALIDATION: 'false', CDK_OUTDIR: join(folder, 'cdk.out'), CDK8S_OUTDIR: join(folder, 'cdk8s') };
  const peer = (name) => ({ command: [process.execPath, join(root, 'bench/peers', name)], env });
  const cdk = (environment) => ({
    command: [process.execPath, join(root, 'dist/bin/kafka.js')],
    env: { ...env, CDK_CONTEXT_JSON: JSON.stringify({ environment }) },
    cwd: root,
  });
  try {
    const rows = compare(
      {
        'empty CDK app': peer('empty-core.cjs'),
        'raw L1 cluster and Vpc': peer('l1-msk-vpc.cjs'),
        'cdk8s-plus StatefulSet': peer('cdk8s-plus.cjs'),
        'dev (msk)': cdk('dev'),
        'prod (msk)': cdk('prod'),
        'prod-ec2 (ec2)': cdk('prod-ec2'),
        'staging (kubernetes)': {
          command: [process.execPath, join(root, 'dist/bin/charts.js'), 'staging', '--out', join(folder, 'staging')],
          env,
          cwd: root,
        },
      },
      { rounds },
    );
    printTable('Synth, validator off', rows, 'empty CDK app', {
      'dev (msk)': 'at most 2.1x',
      'prod (msk)': 'at most 2.1x',
      'staging (kubernetes)': 'at most 1.1x',
    });
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
