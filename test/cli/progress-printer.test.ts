import { PassThrough } from 'node:stream';
import { ProgressPrinter } from '../../lib/cli/progress-printer';
import { Terminal } from '../../lib/cli/terminal';

function printer(stream: { readonly isTTY: boolean; readonly columns: number }, env: NodeJS.ProcessEnv) {
  const stderr = Object.assign(new PassThrough(), stream);
  const unused = new PassThrough() as unknown as NodeJS.WriteStream;
  const terminal = new Terminal(unused, stderr as unknown as NodeJS.WriteStream, env);
  return { progress: new ProgressPrinter(terminal), written: () => String(stderr.read() ?? '') };
}

describe('progress', () => {
  test('is a line that is drawn again, with a bar, on a terminal', () => {
    const { progress, written } = printer({ isTTY: true, columns: 60 }, { TERM: 'xterm', NO_COLOR: '1' });
    progress.report({ step: 'creating topics', done: 3, total: 6 });
    progress.report({ step: 'creating topics', done: 6, total: 6 });
    progress.report({ step: 'waiting', detail: 'x'.repeat(200) });
    progress.end();
    const [first, second, third, ...rest] = written().split('\r\u001b[K').slice(1);
    expect(first).toBe('/ creating topics 3/6 [############............]');
    expect(second).toBe('- creating topics 6/6 [########################]');
    expect(third).toBe('  creating topics 6/6\n');
    expect(rest[0]!.length).toBe(59);
    expect(rest[1]).toBe(`  waiting: ${'x'.repeat(200)}\n`);
  });

  test.each<[string, { isTTY: boolean; columns: number }, NodeJS.ProcessEnv]>([
    ['a pipe', { isTTY: false, columns: 0 }, {}],
    ['a terminal in CI', { isTTY: true, columns: 80 }, { CI: 'true', NO_COLOR: '1' }],
    ['a terminal that cannot draw', { isTTY: true, columns: 80 }, { TERM: 'dumb' }],
  ])('is one plain line a step on %s', (_where, stream, env) => {
    const { progress, written } = printer(stream, env);
    for (let done = 0; done <= 100; done++) progress.report({ step: 'loading', done, total: 100 });
    progress.report({ step: 'reading', detail: 'orders' });
    progress.end();
    expect(written()).toBe('loading 0/100\nreading: orders\n');
  });
});
