// Synth of the kit's constructs and environments against an empty CDK app, raw constructs and the peers, side by side in one run. The
// template validator is off: it costs every app the same seconds and would hide the rest.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { census, printCensus } from './census.mjs';
import { compare, printTable } from './measure.mjs';
import { peersFolder } from './peers/install.mjs';

const ALPHA = 'aws-msk-alpha Cluster and Vpc';
const KIT = 'kit: MskCluster and Vpc';

export function benchSynth(root, rounds) {
  const peers = peersFolder();
  const folder = mkdtempSync(join(tmpdir(), 'kdk-bench-'));
  const env = { CDK_VALIDATION: 'false', CDK_OUTDIR: join(folder, 'cdk.out'), CDK8S_OUTDIR: join(folder, 'cdk8s') };
  const peer = (name, home = join(root, 'bench/peers')) => ({ command: [process.execPath, join(home, name)], env });
  const cdk = (environment) => ({
    command: [process.execPath, join(root, 'dist/bin/kafka.js')],
    env: { ...env, CDK_CONTEXT_JSON: JSON.stringify({ environment }) },
    cwd: root,
  });
  const onAws = {
    'empty CDK app': peer('empty-core.cjs'),
    'raw L1 cluster and Vpc': peer('l1-msk-vpc.cjs'),
    [ALPHA]: peer('msk-alpha.cjs', peers),
    [KIT]: peer('kit-cluster.cjs'),
    'DSF MskProvisioned': peer('dsf-provisioned.cjs', peers),
    'DSF MskServerless': peer('dsf-serverless.cjs', peers),
    'kit: dev (msk)': cdk('dev'),
    'kit: prod (msk)': cdk('prod'),
    'kit: prod-ec2 (ec2)': cdk('prod-ec2'),
  };
  try {
    const rows = compare(
      {
        ...onAws,
        'cdk8s-plus StatefulSet': peer('cdk8s-plus.cjs'),
        'kit: staging (kubernetes)': {
          command: [process.execPath, join(root, 'dist/bin/charts.js'), 'staging', '--out', join(folder, 'staging')],
          env,
          cwd: root,
        },
      },
      { rounds, baseline: ALPHA },
    );
    printTable('Synth, validator off', rows, ALPHA, {
      [KIT]: 'at most 1.2x',
      'kit: dev (msk)': 'at most 1.2x',
      'kit: prod (msk)': 'at most 1.2x',
    });
    printCensus(
      Object.entries(onAws).map(([name, app], index) => ({ name, ...counted(app, join(folder, `${index}`)) })),
    );
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function counted({ command, env, cwd }, outdir) {
  spawnSync(command[0], command.slice(1), { env: { ...process.env, ...env, CDK_OUTDIR: outdir }, cwd });
  return census(outdir);
}
