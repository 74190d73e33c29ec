import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockEnvironment } from '../../lib/local/environment-lock';
import { identityOf } from '../../lib/local/process-table';

const LOCK = join(__dirname, '../../dist/lib/local/environment-lock.js');

describe('the lock of an environment', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kdk-lock-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('can be had again after it was released', () => {
    for (let round = 0; round < 3; round++) lockEnvironment(folder, 'kdk up').release();
    expect(readdirSync(folder)).toEqual(['lock.3']);
  });

  test('fails while another command holds it, and names that command and its process', () => {
    const lock = lockEnvironment(folder, 'kdk up');
    expect(() => lockEnvironment(folder, 'kdk down')).toThrow(
      expect.objectContaining({
        code: 'ENVIRONMENT-LOCKED',
        message: expect.stringContaining(`got kdk up as process ${process.pid};`),
        hint: expect.stringContaining(`kill ${process.pid}`),
      }),
    );
    lock.release();
  });

  test('is taken over from a command that was killed', async () => {
    const script = `require(${JSON.stringify(LOCK)}).lockEnvironment(${JSON.stringify(folder)}, 'kdk up'); console.log('held'); setInterval(() => {}, 1000)`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(() => lockEnvironment(folder, 'kdk down')).toThrow(`process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    lockEnvironment(folder, 'kdk down').release();
  });

  test('is taken over from a process whose number another one has now', () => {
    const claim = { ...identityOf(process.pid)!, startedAt: 'another day', command: 'kdk up' };
    writeFileSync(join(folder, 'lock.7'), JSON.stringify(claim));
    lockEnvironment(folder, 'kdk down').release();
    expect(readdirSync(folder)).toEqual(['lock.8']);
  });

  test('goes to one at a time when many want it at once', async () => {
    // Each holds the lock for a moment, with a file that only one can make; a second holder would trip over it.
    const script = `
      const { lockEnvironment } = require(${JSON.stringify(LOCK)});
      const { openSync, closeSync, rmSync } = require('node:fs');
      let held = 0;
      while (held < 40) {
        let lock;
        try { lock = lockEnvironment(${JSON.stringify(folder)}, 'test'); } catch (error) {
          if (error.code !== 'ENVIRONMENT-LOCKED') throw error;
          continue;
        }
        const path = ${JSON.stringify(join(folder, 'inside'))};
        closeSync(openSync(path, 'wx'));
        rmSync(path);
        held++;
        if (held === 40) process.kill(process.pid, 'SIGKILL');
        lock.release();
      }`;
    const ends = await Promise.all(
      [1, 2, 3].map(async () => {
        const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'pipe'] });
        let errors = '';
        child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
        const [, signal] = (await once(child, 'close')) as [number | null, string | null];
        return `${signal}${errors}`;
      }),
    );
    expect(ends).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL']);
    expect(readdirSync(folder)).toEqual(['lock.120']);
  }, 60_000);
});
