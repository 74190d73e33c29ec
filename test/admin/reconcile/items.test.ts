import { Refused, Unreachable } from '../../../lib/admin';
import { kafkaError } from '../../../lib/admin/adapters/memory';
import { sendItems, type ItemAnswer } from '../../../lib/admin/reconcile/items';
import { fakeClock } from './harness';

type Sent = (keys: readonly string[]) => readonly ItemAnswer[];

/** Answers request after request as told, and then that all is done. */
function scripted(...answers: readonly (Sent | Error)[]) {
  const requests: string[][] = [];
  const send = async (keys: readonly string[]): Promise<readonly ItemAnswer[]> => {
    const answer = answers[requests.push([...keys]) - 1];
    if (answer instanceof Error) throw answer;
    return answer?.(keys) ?? keys.map((key) => ({ key }));
  };
  return { send, requests };
}

const itemsOf = (...keys: string[]) => keys.map((key) => ({ key, value: key }));
const silence = new Unreachable(['memory'], 'silence');
const base = () => ({ clock: fakeClock(), patienceMs: 10_000, stopped: () => false });

describe('sending many items', () => {
  test('asks again for those alone that were put off', async () => {
    const later = kafkaError('THROTTLING_QUOTA_EXCEEDED');
    const { send, requests } = scripted((keys) => keys.map((key) => (key === 'b' ? { key, error: later } : { key })));
    const outcomes = await sendItems([itemsOf('a', 'b', 'c')], { ...base(), send });
    expect(requests).toEqual([['a', 'b', 'c'], ['b']]);
    expect(outcomes.get('b')).toEqual({ kind: 'done', repeated: true });
  });

  test('asks again for all where nobody answered', async () => {
    const { send, requests } = scripted(silence, silence);
    await sendItems([itemsOf('a', 'b')], { ...base(), send });
    expect(requests).toHaveLength(3);
  });

  test('asks again for an item that the answer leaves out', async () => {
    const { send, requests } = scripted(() => [{ key: 'a' }]);
    const outcomes = await sendItems([itemsOf('a', 'b')], { ...base(), send });
    expect(requests).toEqual([['a', 'b'], ['b']]);
    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(['done', 'done']);
  });

  test('goes on beyond its patience as long as something is settled', async () => {
    const clock = fakeClock();
    const later = kafkaError('REQUEST_TIMED_OUT');
    const oneMore: Sent = ([first, ...rest]) => [{ key: first! }, ...rest.map((key) => ({ key, error: later }))];
    const keys = Array.from({ length: 30 }, (_, index) => `item-${index}`);
    const { send } = scripted(...keys.map(() => oneMore));
    const outcomes = await sendItems([itemsOf(...keys)], { ...base(), clock, send });
    expect([...outcomes.values()].every(({ kind }) => kind === 'done')).toBe(true);
    expect(clock.slept()).toBeGreaterThan(10_000);
  });

  test('fails the items that Kafka refuses, with its words', async () => {
    const error = kafkaError('INVALID_CONFIG', 'Unknown topic config name: x');
    const { send } = scripted(() => [{ key: 'a', error }, { key: 'b' }]);
    const outcomes = await sendItems([itemsOf('a', 'b')], { ...base(), send });
    expect(outcomes.get('a')).toEqual({
      kind: 'refused',
      error: 'INVALID_CONFIG (40): Unknown topic config name: x',
    });
    expect(outcomes.get('b')?.kind).toBe('done');
  });

  test('fails all of a request that is refused as a whole, and sends the next batch', async () => {
    const { send } = scripted(new Refused('alter configs', kafkaError('CLUSTER_AUTHORIZATION_FAILED')));
    const outcomes = await sendItems([itemsOf('a', 'b'), itemsOf('c')], { ...base(), send });
    expect([...outcomes].map(([key, { kind }]) => `${key} ${kind}`)).toEqual(['a refused', 'b refused', 'c done']);
  });

  test('fails what is put off for longer than its patience', async () => {
    const later: Sent = (keys) => keys.map((key) => ({ key, error: kafkaError('NOT_CONTROLLER') }));
    const { send } = scripted(...Array.from({ length: 100 }, () => later));
    const outcomes = await sendItems([itemsOf('a')], { ...base(), send });
    expect(outcomes.get('a')).toMatchObject({ kind: 'unanswered', error: expect.stringContaining('NOT_CONTROLLER') });
  });

  test('stops between two requests, and says which may have been done', async () => {
    let stopped = false;
    const { send, requests } = scripted(() => {
      stopped = true;
      throw silence;
    });
    const outcomes = await sendItems([itemsOf('a'), itemsOf('b')], { ...base(), send, stopped: () => stopped });
    expect(requests).toEqual([['a']]);
    expect([...outcomes.values()]).toEqual([
      { kind: 'stopped', repeated: true },
      { kind: 'stopped', repeated: false },
    ]);
  });

  test('fails as a whole for what is no answer of Kafka', async () => {
    const { send } = scripted(new TypeError('a bug'));
    await expect(sendItems([itemsOf('a')], { ...base(), send })).rejects.toThrow('a bug');
  });
});
