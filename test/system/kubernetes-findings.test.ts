import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf, kubernetesCases } from '../support/kubernetes-cases';

const VENV = process.env.KDK_SYSTEM_VENV ?? join(homedir(), '.cache/kafka-deployment-kit/system-venv');

/** What a tool says that is wrong for Kafka or for this kit, why, and where alone it is said. One that is never said any more fails. */
interface Exclusion {
  readonly finding: string;
  readonly why: string;
  /** Titles of the only cases that it is allowed in. */
  readonly only?: RegExp;
}

const WITHOUT_METRICS = /^no metrics/;
const NO_LIVENESS =
  'without metrics only a listener could be asked, which is closed during recovery: it would kill a node that recovers';
const NO_CPU_LIMIT = 'a broker that is throttled loses its session and drops out of every ISR';
const LOW_USER = 'apache/kafka runs as 1000, which owns its files; it is not root, and the namespace is restricted';
const EPHEMERAL =
  'the root is read-only; what is written goes to claims, to memory, and to an emptyDir that has a limit';
const SPREAD = 'topology spread constraints over hosts do it, and leave room for more pods than hosts';

const KUBE_SCORE: readonly Exclusion[] = [
  { finding: 'container-security-context-user-group-id: The container is running with a low user ID', why: LOW_USER },
  { finding: 'container-security-context-user-group-id: The container running with a low group ID', why: LOW_USER },
  {
    finding: 'container-image-pull-policy: ImagePullPolicy is not set to Always',
    why: 'images are named by digest: pulling again could only fail while a broker restarts',
  },
  {
    finding: 'container-ephemeral-storage-request-and-limit: Ephemeral Storage request is not set',
    why: EPHEMERAL,
  },
  { finding: 'container-ephemeral-storage-request-and-limit: Ephemeral Storage limit is not set', why: EPHEMERAL },
  { finding: 'container-resources: CPU limit is not set', why: NO_CPU_LIMIT },
  { finding: 'pod-probes: Container is missing a livenessProbe', why: NO_LIVENESS, only: WITHOUT_METRICS },
  {
    finding: 'statefulset-has-host-podantiaffinity: StatefulSet does not have a host podAntiAffinity set',
    why: SPREAD,
  },
  {
    finding: 'deployment-has-host-podantiaffinity: Deployment does not have a host podAntiAffinity set',
    why: SPREAD,
  },
  {
    finding: 'service-targets-pod: The services selector does not match any pods',
    why: 'the Service of one broker finds it by the label that Kubernetes puts on the pods of a StatefulSet',
    only: /load balancer|node ports|routes/,
  },
  {
    finding: 'service-type: The service is of type NodePort',
    why: 'the environment asks for node ports, on a listener that authenticates',
    only: /^node ports/,
  },
  {
    finding: 'deployment-replicas: Deployment few replicas',
    why: 'the ScaledObject of KEDA says how many, which kube-score does not read',
    only: /KEDA/,
  },
];

const CHECKOV: readonly Exclusion[] = [
  { finding: 'CKV_K8S_11 CPU limits should be set', why: NO_CPU_LIMIT },
  { finding: 'CKV_K8S_40 Containers should run as a high UID to avoid host conflict', why: LOW_USER },
  { finding: 'CKV_K8S_8 Liveness Probe Should be Configured', why: NO_LIVENESS, only: WITHOUT_METRICS },
];

/** Findings of one case that nothing excludes; what is excluded is noted. */
function open(
  title: string,
  findings: readonly Found[],
  exclusions: readonly Exclusion[],
  said: Set<string>,
): string[] {
  return findings
    .filter(({ finding }) => {
      const excluded = exclusions.some((one) => one.finding === finding && (one.only?.test(title) ?? true));
      if (excluded) said.add(finding);
      return !excluded;
    })
    .map(({ finding, object }) => `${object} ${finding}`);
}

interface Found {
  readonly object: string;
  readonly finding: string;
}

interface Scored {
  readonly object_name: string;
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly skipped: boolean;
    readonly grade: number;
    readonly comments: readonly { readonly summary: string }[] | null;
  }[];
}

const root = mkdtempSync(join(tmpdir(), 'kdk-findings-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const cases = kubernetesCases().map((rendered, index) => {
  const folder = join(root, String(index));
  mkdirSync(folder);
  const files = filesOf(rendered).map(({ path, content }) => {
    writeFileSync(join(folder, path), content);
    return join(folder, path);
  });
  return { title: rendered.title, files };
});

describe('kube-score', () => {
  const said = new Set<string>();

  test.each(cases)('has no open finding: $title', ({ title, files }) => {
    const { stdout, error } = spawnSync(join(VENV, 'bin/kube-score'), ['score', '--output-format', 'json', ...files], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error !== undefined) throw error;
    const scored = JSON.parse(stdout) as Scored[];
    expect(scored.length).toBeGreaterThan(3);
    const findings = scored.flatMap(({ object_name: object, checks }) =>
      checks
        .filter(({ skipped, grade }) => !skipped && grade < 10)
        .flatMap(({ check, comments }) =>
          (comments ?? [{ summary: '' }]).map(({ summary }) => ({ object, finding: `${check.id}: ${summary}` })),
        ),
    );
    expect(open(title, findings, KUBE_SCORE, said)).toEqual([]);
  });

  test('says everything that is excluded, so that no exclusion outlives its reason', () => {
    expect(KUBE_SCORE.map(({ finding }) => finding).filter((finding) => !said.has(finding))).toEqual([]);
  });
});

interface CheckovReport {
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
      readonly file_path: string;
    }[];
    readonly parsing_errors?: readonly string[];
  };
  readonly summary: { readonly resource_count: number; readonly passed: number };
}

/** All checks of Kubernetes over all files of a folder; offline. */
function checkov(folder: string): CheckovReport {
  const args = [
    '--framework',
    'kubernetes',
    '--skip-download',
    '--quiet',
    '--compact',
    '--output',
    'json',
    '--directory',
    folder,
  ];
  const { stdout, error } = spawnSync(join(VENV, 'checkov/bin/checkov'), args, {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  return JSON.parse(stdout) as CheckovReport;
}

describe('checkov', () => {
  test('has no open finding in any environment, example and variant, and says everything that is excluded', () => {
    const { results, summary } = checkov(root);
    expect(results.parsing_errors ?? []).toEqual([]);
    expect(summary.resource_count).toBeGreaterThan(cases.length * 5);
    const said = new Set<string>();
    const still = cases.flatMap(({ title }, index) => {
      const here = results.failed_checks.filter(({ file_path: path }) => path.startsWith(`/${index}/`));
      const found = here.map((check) => ({ object: check.resource, finding: `${check.check_id} ${check.check_name}` }));
      return open(title, found, CHECKOV, said).map((finding) => `${title}: ${finding}`);
    });
    expect(still).toEqual([]);
    expect(CHECKOV.map(({ finding }) => finding).filter((finding) => !said.has(finding))).toEqual([]);
  }, 240_000);

  test('fails for a pod that may do anything, so that the check can see one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kdk-checkov-'));
    try {
      const containers = [{ name: 'a', image: 'a:latest', securityContext: { privileged: true } }];
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'open' },
        spec: { hostNetwork: true, containers },
      };
      writeFileSync(join(folder, 'pod.json'), JSON.stringify(pod));
      const found = checkov(folder).results.failed_checks.map(({ check_id: id }) => id);
      expect(found).toEqual(expect.arrayContaining(['CKV_K8S_16', 'CKV_K8S_19', 'CKV_K8S_10']));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
