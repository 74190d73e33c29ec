import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pluginFileName, type PluginParts } from '../../lib/core/msk-connect';
import { assemblePlugin, storedZip } from '../../lib/local/connect-plugins';

const folder = mkdtempSync(join(tmpdir(), 'kdk-plugins-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const progress = (): void => undefined;

/** The names that Java sees in an archive, sorted. */
const names = (path: string): string[] =>
  execFileSync('jar', ['--list', '--file', path], { encoding: 'utf8' }).trim().split('\n').sort();

describe('a plugin for MSK Connect', () => {
  test('is put together by Maven without what workers bring along, with the same bytes each time', async () => {
    const own = join(folder, 'provider.jar');
    writeFileSync(own, storedZip([{ path: 'a.txt', content: Buffer.from('a') }]));
    const parts: PluginParts = ['org.apache.kafka:connect-file:4.1.2', `file:${own}`];
    const first = await assemblePlugin(parts, { folder, progress });
    const bytes = readFileSync(first.path);
    const second = await assemblePlugin(parts, { folder, progress });
    expect(first.path).toBe(join(folder, pluginFileName(parts)));
    expect(names(first.path)).toEqual(['lib/connect-file-4.1.2.jar', 'lib/provider.jar']);
    expect(readFileSync(second.path).equals(bytes)).toBe(true);
    expect(second).toEqual(first);
  }, 180_000);

  test('fails for an artifact that there is not, in the words of Maven', async () => {
    const parts: PluginParts = ['org.apache.kafka:connect-nothing:4.1.2'];
    await expect(assemblePlugin(parts, { folder, progress })).rejects.toThrow(
      /Maven could not bring org\.apache\.kafka:connect-nothing:4\.1\.2, got exit status 1[^]*connect-nothing/,
    );
  }, 180_000);

  test('fails for a version that changes, and for a file that is not there', async () => {
    await expect(assemblePlugin(['a:b:LATEST'], { folder, progress })).rejects.toThrow(/another artifact tomorrow/);
    await expect(assemblePlugin(['file:nowhere.jar'], { folder, progress })).rejects.toThrow(/no such file/);
  });
});

describe('an archive', () => {
  test('does not depend on the order of its entries', () => {
    const entries = ['b', 'a'].map((path) => ({ path, content: Buffer.from(path.repeat(1000)) }));
    const zip = storedZip(entries);
    expect(zip.equals(storedZip([...entries].reverse()))).toBe(true);
    const path = join(folder, 'order.zip');
    writeFileSync(path, zip);
    expect(names(path)).toEqual(['a', 'b']);
  });
});
