import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { OLDEST_KUBERNETES, NEWEST_KUBERNETES } from '../../lib/core/versions';
import { filesOf, kubernetesCases } from '../support/kubernetes-cases';

const VENV = process.env.KDK_SYSTEM_VENV ?? join(homedir(), '.cache/kafka-deployment-kit/system-venv');
/** Every version that the kit allows without a warning. */
const MINORS = Array.from(
  { length: NEWEST_KUBERNETES - OLDEST_KUBERNETES + 1 },
  (_, index) => OLDEST_KUBERNETES + index,
);
/** Kinds of cert-manager, the Gateway API and KEDA are no part of Kubernetes: their schemas are not in the validator. */
const OF_OTHERS = ['Issuer', 'Certificate', 'TLSRoute', 'ScaledObject', 'TriggerAuthentication'];

describe('manifests', () => {
  const root = mkdtempSync(join(tmpdir(), 'kdk-manifests-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const cases = kubernetesCases().map((rendered, index) => {
    const folder = join(root, String(index));
    mkdirSync(folder);
    const files = filesOf(rendered)
      .filter(({ content }) => !OF_OTHERS.includes(/^kind: (\w+)$/m.exec(content)![1]!))
      .map(({ path, content }) => {
        writeFileSync(join(folder, path), content);
        return join(folder, path);
      });
    return { ...rendered, files };
  });

  const validate = (version: string, files: readonly string[]): { status: number | null; lines: string[] } => {
    const { status, stdout, stderr, error } = spawnSync(
      join(VENV, 'bin/kubernetes-validate'),
      ['-k', version, '--strict', ...files],
      { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    if (error !== undefined) throw error;
    return { status, lines: `${stdout}${stderr}`.trim().split('\n') };
  };

  test.each(MINORS)(
    'of every environment, example and variant fit the schema of Kubernetes 1.%i, without a field that it does not know',
    (minor) => {
      const here = cases.filter(({ from }) => from <= minor);
      for (const { title, files } of here) expect([title, files.length > 3]).toEqual([title, true]);
      const files = here.flatMap((one) => one.files);
      const { status, lines } = validate(`1.${minor}`, files);
      expect(lines.filter((line) => !line.startsWith('INFO'))).toEqual([]);
      expect(lines.filter((line) => line.includes(' passed for resource '))).toHaveLength(files.length);
      expect(status).toBe(0);
    },
    120_000,
  );

  test('fails for what a newer Kubernetes is asked for, so that no version is taken for another', () => {
    const mounted = cases.find(({ title }) => title.includes('mounted as images'))!;
    const { lines } = validate('1.30', mounted.files);
    expect(lines.join('\n')).toContain("'image' was unexpected");
  });

  test('fails for a field that Kubernetes does not know, so that the check can see one', () => {
    const { content } = filesOf(cases[0]!).find(({ path }) => path.includes('statefulset'))!;
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
