import { App } from 'aws-cdk-lib/core';
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentStack } from '../../bin/stacks/environment-stack';
import { KafkaEnvironment } from '../../lib/environment';
import { renderMskTemplates } from '../../lib/msk/render';
import { modelOfFile } from '../support/environments';

interface Run {
  readonly status: number | null;
  readonly error: string;
}

/** Runs the compiled CDK app as the CDK's command does. */
function app(context: Record<string, string>): Run {
  const outdir = mkdtempSync(join(tmpdir(), 'kdk-app-'));
  try {
    const run = spawnSync(process.execPath, ['dist/bin/kafka.js'], {
      encoding: 'utf8',
      env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_VALIDATION: 'false' },
    });
    return { status: run.status, error: run.stderr };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

beforeAll(() => {
  spawnSync(process.execPath, ['scripts/compile.mjs'], { stdio: 'inherit' });
}, 60_000);

describe('the CDK app', () => {
  test.each(['dev', 'prod', 'prod-ec2'])('synthesises %s by its name', (environment) => {
    expect(app({ environment }).status).toBe(0);
  });

  test('takes the path of a file as well', () => {
    expect(app({ environment: 'environments/dev.yaml' }).status).toBe(0);
  });

  test.each<[string, Record<string, string>, number, RegExp]>([
    [
      'without an environment',
      {},
      2,
      /^no environment is named, got nothing; one of .*\bdev\b.*\bprod\b.*Add -c environment=prod\.\n$/,
    ],
    ['for an unknown one', { environment: 'prodd' }, 2, /got "prodd"; known are .* Did you mean prod\?\n$/],
    [
      'for one of another target',
      { environment: 'dc1' },
      2,
      /is not deployed by CloudFormation, got target hosts; .* Use kdk render dc1\.\n$/,
    ],
  ])('fails %s, in one line and without a stack trace', (_what, context, status, message) => {
    const run = app(context);
    expect(run).toEqual({ status, error: expect.stringMatching(message) as string });
    expect(run.error.trimEnd()).not.toContain('\n');
  });

  test('has one stack for an environment, in its account and region, that nobody deletes by accident', () => {
    const root = new App();
    new EnvironmentStack(root, KafkaEnvironment._of(modelOfFile('prod')));
    const [stack, ...rest] = root.synth().stacks;
    expect(rest).toEqual([]);
    expect(stack).toMatchObject({ stackName: 'prod', terminationProtection: true });
    expect(stack!.environment).toMatchObject({ account: '111122223333', region: 'eu-west-1' });
  });

  test('deploys what a review shows', () => {
    const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
    const root = new App({ context });
    new EnvironmentStack(root, KafkaEnvironment._of(modelOfFile('dev')));
    const { Resources: deployed } = root.synth().getStackByName('dev').template as { Resources: object };
    const [reviewed] = renderMskTemplates(modelOfFile('dev'));
    // A review is not told of the hashes of assets, which change with the kit.
    const named = JSON.stringify(deployed).replace(/\b[0-9a-f]{64}\b(?=\.(gz|zip))/g, 'ASSET-HASH');
    expect((JSON.parse(reviewed!.content) as { Resources: object }).Resources).toEqual(JSON.parse(named));
  });

  test('has every flag that the CDK recommends, and its own validator strict', () => {
    const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
    const recommended = JSON.parse(
      readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8'),
    ) as Record<string, unknown>;
    expect(context).toMatchObject(recommended);
    expect(context['@aws-cdk/core:validateAgainstDefaultRules']).toBe(true);
  });
});
