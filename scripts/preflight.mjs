// Runs the rules of cdk-preflight, whose author saw each failure happen on AWS, over the templates of the environments. It takes a minute and
// installs the pack in a temporary folder, so it is not part of bash .ci/run: `node scripts/preflight.mjs [ENVIRONMENT ...]`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, root } from './compile.mjs';

const PACKAGES = ['aws-cdk-lib@2.276.0', 'constructs@10.8.1', 'cdk-preflight@0.0.143'];
/** Zones are named on purpose; parameters and rules are those that every stack of the CDK has. */
const PROGRAM = `
const { App, Stack, Validations } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { Preflight } = require('cdk-preflight');
const app = new App();
Preflight.apply(app);
Validations.of(app).acknowledge({ id: 'CloudFormation-Validate::W3010', reason: 'Zones are the racks of brokers.' });
for (const [name, templateFile] of Object.entries(JSON.parse(process.argv[2]))) {
  new CfnInclude(new Stack(app, name, { env: { account: '111122223333', region: 'eu-west-1' } }), 'Template', { templateFile });
}
app.synth();`;

await compile();
const environments = process.argv.length > 2 ? process.argv.slice(2) : ['dev', 'prod', 'prod-ec2'];
const folder = mkdtempSync(join(tmpdir(), 'kdk-preflight-'));
try {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'preflight', private: true }));
  const install = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', ...PACKAGES];
  execFileSync('npm', install, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const templates = Object.fromEntries(environments.map((name) => [name, templateOf(name)]));
  writeFileSync(join(folder, 'run.cjs'), PROGRAM);
  const env = { ...process.env, CDK_VALIDATION: 'true' };
  const args = [join(folder, 'run.cjs'), JSON.stringify(templates)];
  const { status } = spawnSync(process.execPath, args, { cwd: folder, env, stdio: 'inherit' });
  console.error(status === 0 ? `nothing found in ${environments.join(', ')}` : `cdk-preflight ended with ${status}`);
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function templateOf(environment) {
  const outdir = join(folder, environment);
  const env = {
    ...process.env,
    CDK_VALIDATION: 'false',
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({ environment }),
  };
  execFileSync(process.execPath, [join(root, 'dist/bin/kafka.js')], { cwd: root, env, stdio: 'ignore' });
  const file = join(
    outdir,
    readdirSync(outdir).find((name) => name.endsWith('.template.json')),
  );
  const { Parameters: _parameters, Rules: _rules, ...template } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(template));
  return file;
}
