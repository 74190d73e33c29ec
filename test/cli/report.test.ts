import { readFileSync } from 'node:fs';
import { MINIMAL } from '../support/environments';
import { TemporaryProject } from '../support/kdk';

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
