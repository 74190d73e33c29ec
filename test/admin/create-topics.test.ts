import { createDeclaredTopics, refusedTopics } from '../../lib/admin';
import type { ProgressEvent } from '../../lib/core/issue';
import type { TopicModel } from '../../lib/core/model';
import { MINIMAL, modelOfText } from '../support/environments';
import { MemoryCluster, refusal } from './memory-cluster';

const topics: readonly TopicModel[] = modelOfText(`${MINIMAL}topics: { a: {}, b: {}, c: {} }`).topics;
const progress = (): undefined => undefined;

describe('creating declared topics', () => {
  test('asks for what is missing alone', async () => {
    const cluster = new MemoryCluster();
    await createDeclaredTopics(cluster.admin, topics.slice(1, 2), { progress });
    const report = await createDeclaredTopics(cluster.admin, topics, { progress });
    expect(cluster.requests).toEqual([['b'], ['a', 'c']]);
    expect([report.created, report.existing]).toEqual([['a', 'c'], ['b']]);
  });

  test('waits until each broker sees each topic, and tells how far it is', async () => {
    const cluster = new MemoryCluster();
    cluster.looksUntilVisible = 3;
    const events: ProgressEvent[] = [];
    await createDeclaredTopics(cluster.admin, topics, { progress: (event) => events.push(event) });
    const waiting = events.filter(({ step }) => step.startsWith('waiting')).map(({ done }) => done);
    expect(waiting).toEqual([0, 0, 9]);
  });

  test.each(['lost before', 'lost after'] as const)('asks again when an answer is %s it was done', async (trouble) => {
    const cluster = new MemoryCluster();
    cluster.trouble.push(trouble);
    const report = await createDeclaredTopics(cluster.admin, topics, { progress });
    expect([report.created, report.refused]).toEqual([['a', 'b', 'c'], []]);
    expect(cluster.requests).toHaveLength(2);
  });

  test('asks again for the topics alone that Kafka says to try later', async () => {
    const cluster = new MemoryCluster();
    cluster.trouble.push({ topics: ['b'], error: refusal(89, 'THROTTLING_QUOTA_EXCEEDED', true) });
    const report = await createDeclaredTopics(cluster.admin, topics, { progress });
    expect(report.created).toEqual(['a', 'c', 'b']);
    expect(cluster.requests).toEqual([['a', 'b', 'c'], ['b']]);
  });

  test('fails by name for topics that Kafka refuses, and creates the others', async () => {
    const cluster = new MemoryCluster();
    cluster.trouble.push({ topics: ['b'], error: refusal(38, 'INVALID_REPLICATION_FACTOR', false) });
    const report = await createDeclaredTopics(cluster.admin, topics, { progress });
    expect(report.created).toEqual(['a', 'c']);
    expect(refusedTopics(report)).toMatchObject({
      code: 'TOPICS-REFUSED',
      status: 1,
      message:
        'Kafka refused a topic, got b: INVALID_REPLICATION_FACTOR (38): as told; every declared topic must be possible on this cluster.',
    });
    expect(refusedTopics({ ...report, refused: [] })).toBeUndefined();
  });

  test('fails for a topic that Kafka only ever puts off, with its last words', async () => {
    const cluster = new MemoryCluster();
    const later = { topics: ['b'], error: refusal(7, 'REQUEST_TIMED_OUT', true) };
    cluster.trouble.push(later, later, later, later, later);
    const report = await createDeclaredTopics(cluster.admin, topics, { progress, patienceMs: 500 });
    expect(report.refused).toEqual([{ topic: 'b', error: later.error }]);
  });

  test('fails with status 3 when nobody answers in time', async () => {
    const cluster = new MemoryCluster();
    cluster.trouble.push('lost before', 'lost before', 'lost before', 'lost before', 'lost before');
    const creating = createDeclaredTopics(cluster.admin, topics, { progress, patienceMs: 500 });
    await expect(creating).rejects.toMatchObject({ code: 'KAFKA-UNREACHABLE', status: 3 });
  });

  test('fails, naming a broker and a topic, when a broker never sees it', async () => {
    const cluster = new MemoryCluster();
    cluster.looksUntilVisible = 1_000_000;
    const creating = createDeclaredTopics(cluster.admin, topics, { progress, patienceMs: 500 });
    await expect(creating).rejects.toMatchObject({
      code: 'TOPICS-NOT-VISIBLE',
      message: expect.stringContaining('got 3 not seen by broker 0, a first'),
    });
  });
});
