import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { restoreQuorumFiles } from '../../charts/private/day2/restore-quorum';
import { modelOfText } from '../support/environments';
import { kubernetesText, type Manifest } from '../support/manifests';

const POOLS =
  '{ controllers: { roles: [controller], replicas: 3, volumes: [{ size: 1GiB }] }, brokers: { roles: [broker], replicas: 2, volumes: [{ size: 10GiB }] } }';
const rendered = (pools: string): Record<string, string> =>
  Object.fromEntries(
    restoreQuorumFiles(modelOfText(kubernetesText({ pools }))).map(({ path, content }) => [path, content]),
  );

const VOTERS = JSON.stringify({
  version: 0,
  voters: ['a', 'b', 'c'].map((id, voterId) => ({ voterId, voterDirectoryId: id.repeat(22), endpoints: [] })),
});
const batch = (last: number, epoch: number): string =>
  `baseOffset: ${last} lastOffset: ${last} count: 1 partitionLeaderEpoch: ${epoch} isTransactional: false`;
/** What is on a disk, as the tool of Kafka prints it. */
const disk = (id: string, records: number, epoch = 3): string =>
  [
    `id ${id.repeat(22)}`,
    'file 00000000000000000000-0000000000.checkpoint',
    'Snapshot end offset: 0, epoch: 0',
    'baseOffset: 0 lastOffset: 5000 count: 5001 partitionLeaderEpoch: 9',
    'file 00000000000000000000.log',
    `| offset: 2 CreateTime: 1 keySize: 4 KRaftVoters ${VOTERS}`,
    batch(records - 1, epoch),
  ].join('\n');
const EMPTY = `id ${'x'.repeat(22)}\nfile 00000000000000000000-0000000000.checkpoint\nSnapshot end offset: 0, epoch: 0`;

describe('the way back to a quorum', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-restore-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the script against pods with these disks; a pod that is not among them does not answer. */
  function look(
    disks: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ): { status: number | null; said: string } {
    const bin = mkdtempSync(join(folder, 'run-'));
    mkdirSync(join(bin, 'disks'));
    for (const [pod, text] of Object.entries(disks)) writeFileSync(join(bin, 'disks', pod), `${text}\n`);
    writeFileSync(
      join(bin, 'kubectl'),
      `#!/usr/bin/env bash\n[ "$3" != exec ] || exec cat "$(dirname "$0")/disks/$5"\n[ "$3" = get ] || { echo "kubectl $*" >&2; exit 1; }\n`,
    );
    writeFileSync(join(bin, 'restore-quorum.sh'), rendered(POOLS)['restore-quorum.sh']!);
    chmodSync(join(bin, 'kubectl'), 0o755);
    const { status, stdout, stderr } = spawnSync('bash', [join(bin, 'restore-quorum.sh'), ...args], {
      encoding: 'utf8',
      env: { PATH: `${bin}${delimiter}${process.env.PATH}` },
    });
    return { status, said: `${stdout}${stderr}` };
  }

  const LOST = { 'small-controllers-0': EMPTY, 'small-controllers-1': EMPTY };
  const BROKERS = { 'small-brokers-100': disk('p', 800), 'small-brokers-101': disk('q', 799) };

  test.each([
    ['the controller that is left', { 'small-controllers-2': disk('c', 800) }, 'small-controllers-2'],
    ['a broker that has more than it', { 'small-controllers-2': disk('c', 798) }, 'small-brokers-100'],
    ['a newer epoch before a longer log', { 'small-controllers-2': disk('c', 700, 4) }, 'small-controllers-2'],
  ])('is %s', (_what, left, source) => {
    const { status, said } = look({ ...LOST, ...BROKERS, ...left });
    expect(said).toContain('restore-quorum: small-controllers-0 holds 0 records of metadata, epoch 0');
    expect(said).toContain(`restore-quorum: 1 of 3 voters have their disk; the longest log is that of ${source}\n`);
    expect(status).toBe(0);
  });

  test('is a broker where no controller has its disk', () => {
    const { said } = look({ ...LOST, 'small-controllers-2': EMPTY, ...BROKERS });
    expect(said).toContain('0 of 3 voters have their disk; the longest log is that of small-brokers-100\n');
  });

  test('fails where most voters have their disk: they need no help', () => {
    const disks = { ...LOST, 'small-controllers-1': disk('b', 500), 'small-controllers-2': disk('c', 800), ...BROKERS };
    expect(look(disks, ['--restore'])).toEqual({
      status: 1,
      said: expect.stringContaining(
        'restore-quorum: most voters have their disk, got 2 of 3; they elect a leader by themselves, and the others join them.\n',
      ) as string,
    });
  });

  test('fails where a controller cannot be looked at, or nobody has a log', () => {
    expect(look({ ...LOST, ...BROKERS }).said).toContain('the disk of controller 2 cannot be looked at');
    const empty = { ...LOST, 'small-controllers-2': EMPTY, 'small-brokers-100': EMPTY, 'small-brokers-101': EMPTY };
    expect(look(empty).said).toContain('no disk holds a log of metadata');
    expect(look({}, ['--force']).said).toContain('there is no such option, got --force; --restore is allowed.');
  });

  test('holds each disk in a pod of the kit while no controller runs', () => {
    const pods = parseAllDocuments(rendered(POOLS)['restore-quorum.yaml']!).map(
      (document) => document.toJS() as Manifest,
    );
    expect(
      pods.map(({ metadata, spec }) => [metadata.name, spec.volumes.at(-1).persistentVolumeClaim.claimName]),
    ).toEqual([0, 1, 2].map((id) => [`restore-quorum-${id}`, `data-0-small-controllers-${id}`]));
    for (const { metadata, spec } of pods) {
      expect(spec).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
      expect(metadata.labels['app.kubernetes.io/name']).not.toBe('kafka');
    }
  });

  test('is not offered for nodes that are brokers too: they would have to stop', () => {
    expect(rendered('{ nodes: { roles: [broker, controller], replicas: 3, volumes: [{ size: 1GiB }] } }')).toEqual({});
  });
});
