import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from '../support/pods';

/** Stands where kubectl does: lists what is in files, and fails where there is none, as it does without an API server. */
const KUBECTL = `#!/bin/bash
case "$3 $*" in
  *broker=true*) exec cat "$FOLDER/brokers" ;;
  *controller=true*) exec cat "$FOLDER/controllers" ;;
  'get '*statefulsets*) exec cat "$FOLDER/sets" ;;
  'get '*) [ -e "$FOLDER/done" ] && echo another || echo one ;;
  *) echo "$3 $4 $5" >>"$FOLDER/done"; rm -f "$FOLDER/$LOSES" ;;
esac
`;

describe('roll.sh', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kdk-roll-'));
    const text = readFileSync('charts/scripts/roll.sh', 'utf8');
    writeFileSync(
      join(folder, 'roll.sh'),
      text.replaceAll(/'@(namespace|name)@'/g, 'small').replace('@metrics-port@', ''),
    );
    writeFileSync(join(folder, 'kubectl'), KUBECTL);
    chmodSync(join(folder, 'kubectl'), 0o755);
    list('sets', ['brokers|1|1|2|2|new|OnDelete', 'controllers|1|1|1|1|new|RollingUpdate']);
    list('brokers', ['brokers-0|brokers|old|a|', 'brokers-1|brokers|old|b|']);
    list('controllers', ['controllers-0|controllers|new|c|']);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const list = (name: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, name), lines.map((line) => `${line}\n`).join(''));
  const roll = (more: NodeJS.ProcessEnv = {}, ...args: string[]): ReturnType<typeof runToEnd> =>
    runToEnd('bash', [join(folder, 'roll.sh'), ...args], {
      ...{ PATH: `${folder}:${process.env.PATH}`, FOLDER: folder, LOSES: 'nothing' },
      ...{ ROLL_TIMEOUT_SECONDS: '0', ROLL_PAUSE_SECONDS: '0' },
      ...more,
    });
  const done = (): string[] =>
    existsSync(join(folder, 'done')) ? readFileSync(join(folder, 'done'), 'utf8').trim().split('\n') : [];

  test('says which pods have not taken the last change', async () => {
    expect((await roll({}, '--dry-run')).stdout).toBe(
      'roll: would restart broker brokers-0\nroll: would restart broker brokers-1\n',
    );
    expect(done()).toEqual([]);
  });

  test('leaves the StatefulSets that Kubernetes rolls to Kubernetes', async () => {
    list('brokers', ['brokers-0|brokers|new|a|']);
    expect((await roll()).stdout).toBe('roll: done\n');
    expect(done()).toEqual(['rollout status statefulset/controllers']);
  });

  test.each([
    ['the StatefulSets', 'sets', 'Kubernetes does not list the StatefulSets'],
    ['the brokers', 'brokers', 'Kubernetes does not list the pods'],
  ])('fails where Kubernetes stops listing %s, and restarts no more', async (_, what, why) => {
    const { status, stderr } = await roll({ LOSES: what });
    expect(status).toBe(1);
    expect(stderr).toContain(why);
    expect(done()).toEqual(['delete pod brokers-0']);
  });

  test('fails before anything where the cluster is not whole', async () => {
    list('sets', ['brokers|1|1|2|1|new|OnDelete']);
    const { status, stderr } = await roll();
    expect([status, stderr]).toEqual([1, expect.stringContaining('brokers has 1 of 2 pods available')]);
    expect(done()).toEqual([]);
    unlinkSync(join(folder, 'sets'));
    expect((await roll()).status).toBe(1);
  });
});
