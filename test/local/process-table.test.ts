import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { identityOf, isRunning, listFromPs, listProcesses } from '../../lib/local/process-table';

describe('processes', () => {
  const children: ChildProcess[] = [];
  afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

  async function sleeper(): Promise<ChildProcess & { pid: number }> {
    const child = spawn('sleep', ['600'], { stdio: 'ignore' });
    children.push(child);
    await once(child, 'spawn');
    return child as ChildProcess & { pid: number };
  }

  test('are the same as long as they run', async () => {
    const child = await sleeper();
    const identity = identityOf(child.pid)!;
    expect(isRunning(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isRunning(identity)).toBe(false);
    expect(identityOf(child.pid)).toBeUndefined();
  });

  test('are not mistaken for another one that has their number', () => {
    const identity = identityOf(process.pid)!;
    expect(isRunning(identity)).toBe(true);
    expect(isRunning({ ...identity, startedAt: `${identity.startedAt}0` })).toBe(false);
  });

  test('count as ended when only their parent has not heard of it yet', async () => {
    // The inner shell ends at once, and its parent never waits for it.
    const parent = spawn('sh', ['-c', 'sh -c "exit 0" & echo $!; exec sleep 600'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(parent);
    const [data] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(data.toString().trim());
    for (let attempt = 0; attempt < 50 && identityOf(pid) !== undefined; attempt++)
      await new Promise((done) => setTimeout(done, 50));
    expect(identityOf(pid)).toBeUndefined();
  });

  test('are listed with their command lines', async () => {
    const child = await sleeper();
    expect(listProcesses()).toContainEqual({ ...identityOf(child.pid)!, command: 'sleep 600' });
  });

  test('are listed by ps too, for systems without /proc', async () => {
    const child = await sleeper();
    const found = listFromPs().find(({ pid }) => pid === child.pid);
    expect(found).toMatchObject({ pid: child.pid, command: 'sleep 600' });
    expect(found?.startedAt).toMatch(/^\w{3} \w{3} +\d+ [\d:]{8} \d{4}$/);
  });
});
