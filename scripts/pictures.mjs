// The pictures of the documentation, taken in a real browser: `npm run docs:pictures`. Needs what scripts/system-setup.sh installs.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { compile, root } from './compile.mjs';

const FOLDER = join(root, 'docs/images');
const WIDTH = 1200;
/** What is in the picture ends with this section. */
const LAST = '#flow';

await compile();
const work = mkdtempSync(join(tmpdir(), 'kdk pictures-'));
const page = join(work, 'report.html');
execFileSync(process.execPath, [join(root, 'dist/bin/kdk.js'), 'report', 'prod', '--out', page], { cwd: root });
mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  for (const [colorScheme, name] of [
    ['light', 'report.png'],
    ['dark', 'report-dark.png'],
  ]) {
    const opened = await browser.newPage({ colorScheme, viewport: { width: WIDTH, height: 800 }, offline: true });
    await opened.goto(pathToFileURL(page).href);
    const { y, height } = await opened.locator(LAST).boundingBox();
    await opened.screenshot({
      path: join(FOLDER, name),
      fullPage: true,
      clip: { x: 0, y: 0, width: WIDTH, height: Math.ceil(y + height) },
    });
    await opened.close();
  }
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
