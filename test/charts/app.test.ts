import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { modelOfFile } from '../support/environments';
import { Manifests, type Manifest } from '../support/manifests';

const app = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, ['dist/bin/charts.js', ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
const byName = (a: Manifest, b: Manifest): number =>
  `${a.kind} ${a.metadata.name}`.localeCompare(`${b.kind} ${b.metadata.name}`);

describe('the cdk8s app', () => {
  let out: string;
  beforeEach(() => (out = mkdtempSync(join(tmpdir(), 'kdk-app-'))));
  afterEach(() => rmSync(out, { recursive: true, force: true }));

  test.each([
    ['an argument', ['staging'], {}],
    ['a variable', [], { KDK_ENVIRONMENT: 'staging' }],
    ['a path', ['environments/staging.yaml'], {}],
  ])('writes the objects of an environment that is named by %s', (_, args, env) => {
    expect(app([...args, '--out', out], env)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const objects = readdirSync(out).map((file) => parse(readFileSync(join(out, file), 'utf8')) as Manifest);
    expect(objects.sort(byName)).toEqual([...new Manifests(modelOfFile('staging')).all].sort(byName));
  });

  test.each([
    ['no environment', [], 2, 'one environment is needed, got none'],
    ['two environments', ['staging', 'dev'], 2, 'got staging dev'],
    ['an environment that is not there', ['stagin'], 2, 'Did you mean staging?'],
    ['an option that is not there', ['--outdir'], 2, "Unknown option '--outdir'"],
    ['an environment of another target', ['prod'], 1, 'got msk; kubernetes is needed'],
  ])('fails with %s, in one line', (_, args, status, message) => {
    const ran = app([...args, ...(args[0] === '--outdir' ? [] : ['--out', out])]);
    expect(ran.status).toBe(status);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(out)).toEqual([]);
  });
});
