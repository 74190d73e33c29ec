import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderKubernetes } from '../../charts/render';
import { KUBERNETES_CASES } from '../support/kubernetes-cases';

const VENV = process.env.KDK_SYSTEM_VENV ?? join(homedir(), '.cache/kafka-deployment-kit/system-venv');
/** Every version that the kit allows and the validator has a schema for. */
const VERSIONS = ['1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37'];

describe('manifests', () => {
  const root = mkdtempSync(join(tmpdir(), 'kdk-manifests-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const validate = (version: string, files: readonly string[]): { status: number | null; lines: string[] } => {
    const { status, stdout, stderr, error } = spawnSync(
      join(VENV, 'bin/kubernetes-validate'),
      ['-k', version, '--strict', ...files],
      { encoding: 'utf8' },
    );
    if (error !== undefined) throw error;
    return { status, lines: `${stdout}${stderr}`.trim().split('\n') };
  };

  describe.each(KUBERNETES_CASES)('of %s', (_, model) => {
    const folder = mkdtempSync(join(root, 'files-'));
    const files = renderKubernetes(model).map(({ path, content }) => {
      writeFileSync(join(folder, path), content);
      return join(folder, path);
    });
    // Kinds of cert-manager and of the Gateway API are no part of Kubernetes: their schemas are not in the validator.
    const known = files.filter((file) => !/\/\d0-(issuer|certificate|tlsroute)-/.test(file));

    test.each(VERSIONS)(
      'fit the schema of Kubernetes %s, every file, without a field that it does not know',
      (version) => {
        expect(known.length).toBeGreaterThan(8);
        const { status, lines } = validate(version, known);
        expect(lines.filter((line) => !line.startsWith('INFO'))).toEqual([]);
        expect(lines.filter((line) => line.includes(' passed for resource '))).toHaveLength(known.length);
        expect(status).toBe(0);
      },
    );
  });

  test('fails for a field that Kubernetes does not know, so that the check can see one', () => {
    const { content } = renderKubernetes(KUBERNETES_CASES[0]![1]).find(({ path }) => path.includes('statefulset'))!;
    const file = join(root, 'wrong.yaml');
    writeFileSync(file, content.replace('  minReadySeconds: 35', '  minReadySecond: 35'));
    const { status, lines } = validate('1.34', [file]);
    expect(status).not.toBe(0);
    expect(lines.join('\n')).toContain('minReadySecond');
  });
});

test('the scripts of pods have no finding of shellcheck', () => {
  const scripts = readdirSync('charts/scripts').map((name) => join('charts/scripts', name));
  expect(scripts.length).toBeGreaterThanOrEqual(3);
  const { status, stdout } = spawnSync('shellcheck', ['-x', '-P', 'SCRIPTDIR', ...scripts], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
