import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderHost } from '../../lib/host';
import { bootScript } from '../../lib/selfmanaged/private/boot-script';
import { userData } from '../../lib/selfmanaged/private/user-data';
import { writeAwsTemplates, AWS_ENVIRONMENTS as ENVIRONMENTS } from '../support/aws-templates';
import { modelOfFile } from '../support/environments';

const VENV = process.env.KDK_SYSTEM_VENV ?? join(homedir(), '.cache/kafka-deployment-kit/system-venv');

describe('templates of the environments on AWS', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'kdk-cloudformation-'));
  const templates = writeAwsTemplates(join(outdir, 'in-process'));
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));

  test.each(ENVIRONMENTS)(
    '%s passes the validator of the CDK, its errors being errors',
    (environment) => {
      const run = spawnSync(
        process.execPath,
        [
          require.resolve('aws-cdk/bin/cdk'),
          'synth',
          '--quiet',
          '-c',
          `environment=${environment}`,
          // Plugins of MSK Connect come by kdk plugins, before a deploy.
          '-c',
          'kafka-deployment-kit:review=true',
          '-o',
          join(outdir, environment),
        ],
        { encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' } },
      );
      expect({ status: run.status, errors: run.stderr.match(/^(ERROR|FATAL).*$/gm) ?? [] }).toEqual({
        status: 0,
        errors: [],
      });
      expect(run.stderr).not.toContain('CloudFormation-Validate');
      const files = readdirSync(join(outdir, environment));
      expect(files).toContain('validation-report.json');
    },
    120_000,
  );

  test.each(ENVIRONMENTS)(
    '%s has nothing that cfn-lint finds',
    (environment) => {
      const templates = readdirSync(join(outdir, environment)).filter((file) => file.endsWith('.template.json'));
      expect(templates).toContain(`${environment}.template.json`);
      const run = spawnSync(
        join(VENV, 'bin/cfn-lint'),
        [
          '--regions',
          'eu-west-1',
          '--ignore-checks',
          'W3010',
          'W3005',
          '--',
          ...templates.map((file) => join(outdir, environment, file)),
        ],
        { encoding: 'utf8' },
      );
      expect({ status: run.status, output: run.stdout + run.stderr }).toEqual({ status: 0, output: '' });
    },
    120_000,
  );

  test('and of the examples have nothing that cfn-lint finds', () => {
    const run = spawnSync(
      join(VENV, 'bin/cfn-lint'),
      ['--regions', 'eu-west-1', '--ignore-checks', 'W3010', 'W3005', '--', ...templates.map(({ file }) => file)],
      { encoding: 'utf8' },
    );
    expect({ status: run.status, output: run.stdout + run.stderr }).toEqual({ status: 0, output: '' });
  }, 120_000);

  test('and of the examples pass what checkov asks of Amazon MSK: logs, encryption, nothing public', () => {
    expect(checkov(templates.map(({ file }) => file))).toEqual([]);
  }, 120_000);

  test('fail checkov where a cluster is open', () => {
    const open = join(outdir, 'open.json');
    const Properties = { EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'PLAINTEXT', InCluster: false } } };
    writeFileSync(open, JSON.stringify({ Resources: { Open: { Type: 'AWS::MSK::Cluster', Properties } } }));
    expect(checkov([open])).toEqual(['CKV_AWS_80 AWS::MSK::Cluster.Open', 'CKV_AWS_81 AWS::MSK::Cluster.Open']);
  }, 120_000);

  test('cfn-lint finds something in a template that is wrong', () => {
    const wrong = join(outdir, 'wrong.json');
    writeFileSync(
      wrong,
      JSON.stringify({ Resources: { A: { Type: 'AWS::MSK::Cluster', Properties: { Nonsense: 1 } } } }),
    );
    const run = spawnSync(join(VENV, 'bin/cfn-lint'), ['--', wrong], { encoding: 'utf8' });
    expect(run.status).not.toBe(0);
    expect(run.stdout).toContain('Nonsense');
  });
});

/** Checks about Amazon MSK that fail, as `check resource`. */
function checkov(files: readonly string[]): string[] {
  const check = ['--framework', 'cloudformation', '--check', 'CKV_AWS_80,CKV_AWS_81,CKV_AWS_291'];
  const args = [...check, '--skip-download', '--quiet', '--compact', '--output', 'json', '--file', ...files];
  const run = spawnSync(join(VENV, 'checkov/bin/checkov'), args, { encoding: 'utf8' });
  const { results } = JSON.parse(run.stdout) as {
    results: { failed_checks: { check_id: string; resource: string }[]; parsing_errors?: string[] };
  };
  expect(results.parsing_errors ?? []).toEqual([]);
  return results.failed_checks.map(({ check_id: id, resource }) => `${id} ${resource}`).sort();
}

describe('the scripts of an instance', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-boot-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('are what shellcheck has nothing to say about', () => {
    const model = modelOfFile('prod-ec2');
    const node = model.nodes[0]!;
    const place = { region: 'eu-west-1', parameter: '/kafka/prod-ec2/brokers-0' };
    writeFileSync(join(folder, 'user-data.sh'), userData(place));
    writeFileSync(join(folder, 'boot.sh'), bootScript(model, node));
    const [install] = renderHost(model, node).filter(({ path }) => path === 'install.sh');
    expect(install).toBeDefined();
    expect(existsSync(join(folder, 'boot.sh'))).toBe(true);
    expect(execFileSync('shellcheck', ['-x', 'user-data.sh', 'boot.sh'], { cwd: folder, encoding: 'utf8' })).toBe('');
  });
});
