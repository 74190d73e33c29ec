import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core';

/** A real browser; of Debian, since the driver brings none of its own. */
export async function startBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (executablePath === undefined) throw new Error('no Chromium is installed; scripts/system-setup.sh installs one.');
  // Chromium's own sandbox does not start for root.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

export interface OpenedPage {
  readonly page: Page;
  /** What the page said to the console, and what it threw. */
  readonly said: readonly string[];
  /** Every address that was asked for, but for the page itself. */
  readonly asked: readonly string[];
}

/** Opens a file, with no network. */
export async function openFile(
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options, offline: true });
  const page = await context.newPage();
  const said: string[] = [];
  const asked: string[] = [];
  const address = pathToFileURL(path).href;
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  const told = (request: Request): void => {
    // What the policy of the page stops is told of as well, and asked nobody.
    if (request.url() !== address && request.failure()?.errorText !== 'csp') asked.push(request.url());
  };
  page.on('requestfinished', told);
  page.on('requestfailed', told);
  await page.goto(address);
  return { page, said, asked };
}

/** What axe-core finds against the rules of WCAG 2.2 and its own, `rule: where` each. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  // By the protocol of the debugger: the policy of the page lets no further script in.
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ': ' + target + ' ' + failureSummary)))`);
}
