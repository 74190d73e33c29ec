import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { converge, desiredOf, planOf, topic } from './harness';

describe('an option that goes back to the default of the brokers', () => {
  test.each([
    ['retention.bytes', '5000000', { 'log.retention.bytes': '1000000' }],
    ['retention.ms', '172800000', { 'log.retention.hours': '24' }],
  ])('is graded by what brokers have, though no topic shows it: %s', async (option, own, config) => {
    const cluster = new MemoryCluster({ config });
    await converge(cluster, desiredOf({ topics: [topic('orders', { config: { [option]: own } })] }));
    cluster.write('orders', 0, { records: 10, timestampMs: 0 });
    const { changes } = await planOf(cluster, desiredOf({ topics: [topic('orders', { config: {} })] }));
    expect(changes).toMatchObject([{ code: 'TOPIC-RETENTION-CUT', grade: 'data-loss', status: 'held' }]);
  });
});
