import { Turns } from '../../../lib/admin/adapters/connect-rest/turns';

describe('calls about connectors', () => {
  test('of one name take turns, and those of others do not wait', async () => {
    const turns = new Turns();
    const told: string[] = [];
    const work = (what: string, ms: number) => async (): Promise<void> => {
      told.push(`${what} begins`);
      await new Promise((wake) => setTimeout(wake, ms));
      told.push(`${what} ends`);
    };
    await Promise.all([
      turns.take('a', work('first', 30)),
      turns.take('a', work('second', 1)),
      turns.take('b', work('other', 1)),
    ]);
    expect(told).toEqual(['first begins', 'other begins', 'other ends', 'first ends', 'second begins', 'second ends']);
  });

  test('go on after one that failed', async () => {
    const turns = new Turns();
    const failing = turns.take('a', () => Promise.reject(new Error('refused')));
    const next = turns.take('a', () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('refused');
    expect(await next).toBe('done');
  });
});
