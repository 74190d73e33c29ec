import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderKubernetes } from '../../charts/render';
import { KUBERNETES_CASES } from '../support/kubernetes-cases';

const VENV = process.env.KDK_SYSTEM_VENV ?? join(homedir(), '.cache/kafka-deployment-kit/system-venv');

/** What kube-score says that is wrong for Kafka, or for this kit; each with the reason. One that is never said any more fails. */
const KUBE_SCORE: Readonly<Record<string, string>> = {
  'container-security-context-user-group-id: The container is running with a low user ID':
    'apache/kafka runs as 1000, which owns its files; it is not root, and the namespace is restricted',
  'container-security-context-user-group-id: The container running with a low group ID':
    'the group of that user; fsGroup gives it the disks',
  'container-image-pull-policy: ImagePullPolicy is not set to Always':
    'images are named by digest: pulling again could only fail while a broker restarts',
  'container-ephemeral-storage-request-and-limit: Ephemeral Storage request is not set':
    'the root is read-only; what is written goes to claims, to memory, and to an emptyDir that has a limit of its own',
  'container-ephemeral-storage-request-and-limit: Ephemeral Storage limit is not set':
    'the emptyDir for temporary files has sizeLimit, which evicts alike',
  'container-resources: CPU request is not set':
    'how much a broker needs follows from its load, which a LimitRange or the node pool says; memory is what kills it',
  'container-resources: CPU limit is not set':
    'a broker that is throttled loses its session and drops out of every ISR',
  'pod-probes: Container is missing a livenessProbe':
    'without metrics only a listener could be asked, which is closed during recovery: it would kill a node that recovers',
  'statefulset-has-host-podantiaffinity: StatefulSet does not have a host podAntiAffinity set':
    'topology spread constraints over hosts (DoNotSchedule) do it, and leave room for more pods than hosts',
  'deployment-has-host-podantiaffinity: Deployment does not have a host podAntiAffinity set':
    'topology spread constraints over hosts do it; a pod of an application is better beside another than nowhere',
};

interface Scored {
  readonly object_name: string;
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly skipped: boolean;
    readonly grade: number;
    readonly comments: readonly { readonly summary: string }[] | null;
  }[];
}

describe('kube-score', () => {
  const root = mkdtempSync(join(tmpdir(), 'kdk-scored-'));
  const said = new Set<string>();
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test.each(KUBERNETES_CASES)('has no open finding: %s', (_, model) => {
    const folder = mkdtempSync(join(root, 'files-'));
    const files = renderKubernetes(model).map(({ path, content }) => {
      writeFileSync(join(folder, path), content);
      return join(folder, path);
    });
    const { stdout, error } = spawnSync(join(VENV, 'bin/kube-score'), ['score', '--output-format', 'json', ...files], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error !== undefined) throw error;
    const scored = JSON.parse(stdout) as Scored[];
    expect(scored.length).toBeGreaterThan(5);
    const findings = scored.flatMap(({ object_name, checks }) =>
      checks
        .filter(({ skipped, grade }) => !skipped && grade < 10)
        .flatMap(({ check, comments }) =>
          (comments ?? [{ summary: '' }]).map(({ summary }) => [object_name, `${check.id}: ${summary}`] as const),
        ),
    );
    for (const [, finding] of findings) said.add(finding);
    expect(findings.filter(([, finding]) => KUBE_SCORE[finding] === undefined)).toEqual([]);
  });

  test('says everything that is excluded, so that no exclusion outlives its reason', () => {
    expect(Object.keys(KUBE_SCORE).filter((finding) => !said.has(finding))).toEqual([]);
  });
});
