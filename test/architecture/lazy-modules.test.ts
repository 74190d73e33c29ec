import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as msk from '../../lib/msk';
import { REPOSITORY } from '../support/kdk';

/** Runs a program beside the compiled package, and gives what it prints as JSON. */
function run(program: string): unknown {
  const env = { ...process.env, NODE_OPTIONS: '', CDK_VALIDATION: 'false' };
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { cwd: REPOSITORY, env, encoding: 'utf8' }));
}

const PACKAGE = JSON.stringify(join(REPOSITORY, 'dist/lib/msk'));

describe('the compiled package', () => {
  test('exports what its sources export', () => {
    const names = run(`const kit = require(${PACKAGE});
      console.log(JSON.stringify(Object.keys(kit).filter((name) => kit[name] !== undefined)))`) as string[];
    expect(names.sort()).toEqual(Object.keys(msk).sort());
  });

  test('loads no library for environments where a stack has a cluster alone', () => {
    const files = run(`
      const { App, Size, Stack } = require('aws-cdk-lib/core');
      const { KafkaNetwork, KafkaVersion, MskBrokers, MskCluster } = require(${PACKAGE});
      new MskCluster(new Stack(new App(), 'Test'), 'Events', {
        network: KafkaNetwork.fromIds('vpc-1', ['subnet-1', 'subnet-2', 'subnet-3']),
        kafkaVersion: KafkaVersion.V4_1,
        brokers: MskBrokers.standard({ instanceType: 'kafka.m7g.large', count: 3, storage: Size.gibibytes(100) }),
      });
      console.log(JSON.stringify(Object.keys(require.cache)))`) as string[];
    const loaded = (part: string): string[] => files.filter((file) => file.includes(part));
    expect(loaded('/dist/lib/msk/msk-cluster.js')).toHaveLength(1);
    for (const part of [
      '/node_modules/zod/',
      '/node_modules/yaml/',
      '/dist/lib/core/plan/',
      '/dist/lib/environment/',
    ]) {
      expect(loaded(part)).toEqual([]);
    }
  });
});
