import { MemoryConnectWorkers } from '../../../lib/admin/adapters/memory/connect-workers';
import { describeConnectWorkersPort } from '../../support/connect-workers-contract';

const SOURCE = 'org.apache.kafka.connect.file.FileStreamSourceConnector';
const SINK = 'org.apache.kafka.connect.file.FileStreamSinkConnector';
const REASON = 'the folder is missing';

describe('Connect workers in memory', () => {
  let repaired = false;
  const port = new MemoryConnectWorkers({
    plugins: [
      { className: SOURCE, type: 'source', version: '4.3.1', required: ['topic'] },
      { className: SINK, type: 'sink', version: '4.3.1', required: ['topics'] },
    ],
    fails: ({ config }) => (config['file'] === '/missing/out' && !repaired ? `${REASON}\n\tat x` : undefined),
  });

  describeConnectWorkersPort(() => ({
    port,
    sourceClass: SOURCE,
    sinkClass: SINK,
    source: { file: '/in', topic: 'lines' },
    sink: { file: '/out', topics: 'lines' },
    broken: { file: '/missing/out', topics: 'lines' },
    reason: REASON,
    repair: () => (repaired = true),
  }));

  test('fail a task that runs, and tell what was changed', async () => {
    port.changes.length = 0;
    await port.put({ name: 'orders', config: { 'connector.class': SINK, topics: 'a' }, state: 'running' });
    port.fail('orders', 'java.io.IOException: disk full');
    expect((await port.connectors()).get('orders')!.tasks).toEqual([
      { id: 0, state: 'failed', trace: 'java.io.IOException: disk full' },
    ]);
    await port.restart('orders');
    expect((await port.connectors()).get('orders')!.tasks).toEqual([{ id: 0, state: 'running' }]);
    expect(port.changes).toEqual(['put orders', 'restart orders']);
  });
});
