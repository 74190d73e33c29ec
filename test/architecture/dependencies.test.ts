import { execFileSync } from 'node:child_process';

describe('the dependency law', () => {
  test('holds over lib, charts and bin', () => {
    let output: string;
    try {
      output = execFileSync(
        process.execPath,
        ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--output-type', 'json', 'lib', 'charts', 'bin'],
        {
          encoding: 'utf8',
          maxBuffer: 256 * 1024 * 1024,
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
    } catch (error) {
      output = (error as { stdout: string }).stdout;
    }
    const { summary } = JSON.parse(output) as {
      summary: { violations: { from: string; to: string; rule: { name: string } }[]; totalCruised: number };
    };
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThan(50);
  }, 120_000);
});
