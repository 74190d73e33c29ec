import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { renderMonitoring } from '../../lib/monitoring';
import { modelOfFile, modelOfText } from '../support/environments';

const folder = mkdtempSync(join(tmpdir(), 'kdk open monitoring-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the script with an AWS command line that answers as the service does. */
function find(answers: { readonly arn: string; readonly nodes: string }): { status: number | null; stderr: string } {
  const aws = `#!/bin/sh\ncase "$2" in list-clusters-v2) echo '${answers.arn}' ;; list-nodes) echo '${answers.nodes}' ;; esac\n`;
  writeFileSync(join(folder, 'aws'), aws);
  chmodSync(join(folder, 'aws'), 0o755);
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` };
  const { status, stderr } = spawnSync('sh', [join(folder, 'find-brokers.sh')], { encoding: 'utf8', env });
  return { status, stderr };
}

describe('what Prometheus reads of Amazon MSK', () => {
  const files = renderMonitoring(modelOfFile('prod'));
  for (const { path, content } of files) writeFileSync(join(folder, path), content);

  test('is every exporter of open monitoring, once a minute at most, by files that a script writes', () => {
    const config = parse(files.find(({ path }) => path === 'prometheus.yaml')!.content) as {
      global: { scrape_interval: string };
      scrape_configs: { job_name: string; file_sd_configs: { files: string[] }[] }[];
    };
    expect(config.global.scrape_interval).toBe('60s');
    expect(config.scrape_configs.map(({ job_name: job, file_sd_configs: [by] }) => [job, by!.files])).toEqual([
      ['prod-jmx', ['brokers-jmx.json']],
      ['prod-node', ['brokers-node.json']],
    ]);
  });

  test('are the brokers that the service names, on the ports of open monitoring', () => {
    const nodes = 'b-2.prod.abc.c2.kafka.eu-west-1.amazonaws.com\tb-1.prod.abc.c2.kafka.eu-west-1.amazonaws.com:9098';
    expect(find({ arn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/prod/1', nodes })).toEqual({
      status: 0,
      stderr: '',
    });
    const written = JSON.parse(readFileSync(join(folder, 'brokers-jmx.json'), 'utf8')) as unknown;
    expect(written).toEqual([
      {
        labels: { environment: 'prod' },
        targets: [
          'b-1.prod.abc.c2.kafka.eu-west-1.amazonaws.com:11001',
          'b-2.prod.abc.c2.kafka.eu-west-1.amazonaws.com:11001',
        ],
      },
    ]);
    expect(readFileSync(join(folder, 'brokers-node.json'), 'utf8')).toContain(':11002');
    expect(readdirSync(folder).filter((file) => file.endsWith('.new'))).toEqual([]);
  });

  test('fails where there is no cluster, or no broker yet, and leaves what it wrote before', () => {
    expect(find({ arn: 'None', nodes: '' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('there is no cluster prod in eu-west-1') as string,
    });
    expect(find({ arn: 'arn', nodes: '' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('has no brokers yet') as string,
    });
    expect(readFileSync(join(folder, 'brokers-jmx.json'), 'utf8')).toContain('b-1.prod');
  });

  test('is the exporters that the environment wants', () => {
    const one = modelOfText(`name: mini
target: msk
kafka: { version: '4.1' }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
nodePools: { brokers: { roles: [broker], replicas: 3, volumes: [{ size: 10GiB }] } }
listeners: { internal: { authentication: iam } }
aws: { account: '111122223333', region: eu-west-1 }
targets: { msk: { exporters: [jmx] } }
`);
    const [config, script] = renderMonitoring(one).map(({ content }) => content);
    expect(config).not.toContain('mini-node');
    expect(script).not.toContain('11002');
  });
});
