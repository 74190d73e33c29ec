import { readFileSync } from 'node:fs';
import { apply } from '../../lib/cli/commands/apply';
import { report } from '../../lib/cli/commands/report';
import type { ReportData } from '../../lib/report';
import { MINIMAL } from '../support/environments';
import { TemporaryProject } from '../support/kdk';
import { memoryContext, SHOP, shopCluster } from '../support/memory-reach';

describe('kdk report', () => {
  const project = new TemporaryProject({ 'environments/mini.yaml': `${MINIMAL}topics: { orders: {} }\n` });
  afterAll(() => project.remove());

  test('writes one page, or prints it, or says the same as one document', async () => {
    const written = await project.kdk(['report', 'mini', '--out', 'pages/mini.html']);
    expect(written).toMatchObject({ status: 0 });
    expect(written.stdout).toMatch(/^pages\/mini\.html: one page of \d+ KiB about mini\n$/);
    const page = readFileSync(project.path('pages/mini.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">[^]*<\/html>\n$/);
    expect(await project.kdk(['report', 'mini', '--out', '-'])).toMatchObject({ status: 0, stdout: page });
    const { result } = JSON.parse((await project.kdk(['report', 'mini', '--json'])).stdout);
    expect(result).toMatchObject({ target: 'local', report: { environment: 'mini', topics: [{ name: 'orders' }] } });
  });

  test('looks at the running cluster where it is told how to reach it', async () => {
    project.write('environments/shop.yaml', SHOP);
    project.write('secrets/billing/password', 'letmein\n');
    const file = project.path('environments/shop.yaml');
    const memory = shopCluster();
    const reach = { bootstrap: 'b1:9092' };
    await apply(file, { ...reach, secrets: project.path('secrets') }, memoryContext(memory));
    memory.write('orders', 0, { records: 1500, timestampMs: 0 });
    memory.commitAsMember('billing', [{ topic: 'orders', partition: 0, offset: 266 }]);
    memory.deny('describe-quorum');
    const ran = await report(file, { ...reach, json: true }, memoryContext(memory));
    const { running } = (ran.result as { report: ReportData }).report;
    expect(running).toMatchObject({
      seenAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      topics: { declared: 2, missing: 0 },
      largest: [{ topic: 'orders', bytes: 450_000 }],
      lags: [{ group: 'billing', topic: 'orders', lag: 1234 }],
      wrong: [{ code: 'STATUS-UNSEEN' }],
    });
    const { lines } = await report(file, { ...reach, out: '-' }, memoryContext(memory));
    expect(lines[0]).toMatch(/3 of 3 brokers up, 2 of 2 declared topics there,/);
    expect(lines[0]).toMatch(/what was seen of the running cluster\./);
  });

  test('fails where there is nowhere to write, or two documents for one output', async () => {
    const nowhere = await project.kdk(['report', 'mini']);
    expect(nowhere).toMatchObject({ status: 2, stderr: expect.stringContaining('got no --out') });
    const both = await project.kdk(['report', 'mini', '--out', '-', '--json']);
    expect(both.status).toBe(2);
    expect(both.stdout).toContain('got --out - and --json');
  });

  test('fails for an environment with errors, and where the file cannot be written', async () => {
    project.write(
      'environments/wrong.yaml',
      MINIMAL.replace('name: mini', 'name: wrong') + 'topics: { orders: { replicationFactor: 9 } }\n',
    );
    const wrong = await project.kdk(['report', 'wrong', '--out', 'wrong.html']);
    expect(wrong).toMatchObject({ status: 1, stderr: expect.stringContaining('TOPIC-REPLICATION-FACTOR') });
    const folder = await project.kdk(['report', 'mini', '--out', 'environments']);
    expect(folder).toMatchObject({ status: 1, stderr: expect.stringContaining('FILE-UNWRITABLE') });
  });
});
