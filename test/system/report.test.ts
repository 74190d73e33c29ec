import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { renderReport, type RunningSection } from '../../lib/report';
import { accessibilityViolations, openFile, startBrowser } from '../support/browser';
import { modelOfFile, modelOfText } from '../support/environments';
import { largeEnvironment } from '../support/large-environment';

const TOPICS = 2000;
/** Of a page whose rows are all laid out: on paper, or without its script. */
const FEWER_TOPICS = 200;
const SCHEMES = ['light', 'dark'] as const;
const PHONE = { width: 360, height: 740 };

const RUNNING: RunningSection = {
  seenAt: '2026-11-27T03:00:00.000Z',
  clusterId: 'oeIW7I_UgdM9a7DzKYW2oA',
  brokers: [101, 102, 103].map((id) => ({
    ...{ id, state: id === 102 ? 'silent' : 'up', leaders: 20, replicas: 60, dataBytes: 2 ** 40 },
    disk: { usedBytes: id * 2 ** 34, totalBytes: 2 ** 41 },
  })),
  topics: { total: 6, declared: 5, missing: 0 },
  partitions: { total: 110, offline: 0, underMinIsr: 0, underReplicated: 40 },
  largest: [{ topic: 'orders', bytes: 2 ** 41 }],
  lags: [{ group: 'billing', topic: 'orders', lag: 1234 }],
  wrong: [{ code: 'BROKER-SILENT', level: 'error', message: 'a broker does not answer, got silence.', hint: 'Look.' }],
};

// A browser beside other suites on two cores is slow.
jest.setTimeout(60_000);

describe('the page of a report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kdk report-'));
  const models = {
    prod: modelOfFile('prod'),
    dc1: modelOfFile('dc1'),
    middle: modelOfText(largeEnvironment({ brokers: 6, topics: FEWER_TOPICS, principals: 20 })),
    large: modelOfText(largeEnvironment({ brokers: 60, topics: TOPICS, principals: 150 })),
  };
  const pathOf = (name: string): string => join(folder, `${name}.html`);
  let browser: Browser;
  beforeAll(async () => {
    for (const [name, model] of Object.entries(models)) {
      const issues = [
        { code: 'X-Y', level: 'warning', path: 'topics', message: 'wrong, got 1; 2.', hint: 'Do.' },
      ] as const;
      const running = name === 'dc1' ? { running: RUNNING } : {};
      writeFileSync(pathOf(name), renderReport({ model, name, issues, kit: '0', ...running }).page);
    }
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  const overflow = (page: Page): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  const firstCells = (page: Page): Promise<string[]> =>
    page.$$eval('#topic-table tbody tr', (rows) => rows.map((row) => row.querySelector('code')!.textContent!));

  test.each([
    ['prod', SCHEMES],
    ['dc1', SCHEMES],
    ['large', ['light']],
  ] as const)(
    'asks for nothing, says nothing, and is readable by everybody: %s',
    async (name, schemes) => {
      for (const colorScheme of schemes) {
        const { page, said, asked } = await openFile(browser, pathOf(name), { colorScheme });
        expect(await accessibilityViolations(page)).toEqual([]);
        expect(await overflow(page)).toBe(0);
        expect({ said, asked }).toEqual({ said: [], asked: [] });
        await page.context().close();
      }
    },
    60_000,
  );

  test.each(['prod', 'large'])('fits a phone: tables and drawing scroll by themselves: %s', async (name) => {
    const { page } = await openFile(browser, pathOf(name), { viewport: PHONE, isMobile: true, hasTouch: true });
    expect(await overflow(page)).toBe(0);
    const wide: boolean[] = await page.$$eval('.scroll', (boxes) =>
      boxes.map((box) => box.scrollWidth > box.clientWidth),
    );
    expect(wide).toContain(true);
    if (name !== 'large') expect(await accessibilityViolations(page)).toEqual([]);
    await page.context().close();
  });

  test('has colours of its own for light and for dark, and is black on white on paper', async () => {
    const ground = (page: Page): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const { page } = await openFile(browser, pathOf('prod'), { colorScheme: 'light' });
    expect(await ground(page)).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground(page)).toBe('rgb(15, 20, 25)');
    await page.emulateMedia({ media: 'print' });
    expect(await ground(page)).toBe('rgb(255, 255, 255)');
    expect(await page.isVisible('.contents')).toBe(false);
    expect((await page.screenshot()).length).toBeGreaterThan(20_000);
    await page.context().close();
  });

  test('sorts and searches 2,000 topics, by pointer and by keyboard', async () => {
    const { page } = await openFile(browser, pathOf('large'));
    const status = page.locator('.tools:has(#topic-table-search) [role=status]');
    expect(await status.textContent()).toBe('1 to 50 of 2,000');
    expect(await firstCells(page)).toHaveLength(50);

    const head = page.locator('#topic-table thead th', { hasText: 'Topic' }).first();
    await head.locator('button').press('Enter');
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    const names = models.large.topics.map(({ name }) => name).sort();
    expect(await firstCells(page)).toEqual(names.slice(0, 50));
    await head.locator('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect((await firstCells(page))[0]).toBe(names.at(-1));

    // Numbers by their size, not by their digits.
    await page.locator('#topic-table thead button', { hasText: 'Partitions' }).click();
    const partitions: number[] = await page.$$eval('#topic-table tbody td:nth-child(2)', (cells) =>
      cells.map((cell) => Number(cell.textContent)),
    );
    expect(partitions).toEqual([...partitions].sort((a, b) => a - b));

    await page.fill('#topic-table-search', 'CHECKOUT.audit');
    const wanted = names.filter((name) => name.includes('checkout.audit'));
    expect((await firstCells(page)).sort()).toEqual(wanted);
    expect(await status.textContent()).toBe(`${wanted.length} of 2,000`);
    await page.fill('#topic-table-search', '');
    await page.getByRole('button', { name: 'On' }).first().click();
    expect(await status.textContent()).toBe('51 to 100 of 2,000');
    await page.context().close();
  });

  test('brings forward what a box of the drawing is joined to', async () => {
    const { page } = await openFile(browser, pathOf('prod'));
    await page.locator('[data-box="writers principal checkout"]').hover();
    const near: (string | null)[] = await page.$$eval('.edge.near', (edges) =>
      edges.map((edge) => edge.getAttribute('data-to')),
    );
    expect(near).toEqual(['topics orders']);
    expect(await page.locator('.box.aside').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  test('prints all rows and what is folded away, and turns back', async () => {
    const { page } = await openFile(browser, pathOf('middle'));
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await firstCells(page)).toHaveLength(FEWER_TOPICS);
    expect(await page.locator('details:not([open])').count()).toBe(0);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await firstCells(page)).toHaveLength(50);
    await page.context().close();

    const small = await openFile(browser, pathOf('prod'));
    const pdf = await small.page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
    await small.page.context().close();
  });

  test('is whole without its script', async () => {
    const { page } = await openFile(browser, pathOf('middle'), { javaScriptEnabled: false });
    expect(await page.locator('#topic-table tbody tr').count()).toBe(FEWER_TOPICS);
    await page.context().close();
  });

  test('lets nothing run or call out that came to be markup', async () => {
    const evil =
      '<script>document.title = "evil"</script><img src="https://evil.example/x.png" onerror="document.title = 1"><style>body{display:none}</style>';
    writeFileSync(
      pathOf('evil'),
      readFileSync(pathOf('prod'), 'utf8').replace('<main', () => `${evil}<main`),
    );
    const { page, said, asked } = await openFile(browser, pathOf('evil'));
    expect(await page.title()).toBe('prod: Kafka environment');
    expect(await page.isVisible('h1')).toBe(true);
    expect(asked).toEqual([]);
    expect(said.filter((text) => /Content Security Policy/.test(text)).length).toBeGreaterThanOrEqual(3);
    await page.context().close();
  });
});
