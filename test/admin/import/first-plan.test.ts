import { makePlan } from '../../../lib/admin/reconcile';
import { desiredState } from '../../../lib/core/plan';
import { imported, shop, topic, WRITE } from './live-shop';

describe('the first plan of an imported environment', () => {
  test.each<[string, Record<string, string>]>([
    [
      'with every value of their own',
      { 'cleanup.policy': 'delete', 'min.insync.replicas': '2', 'retention.ms': '1000' },
    ],
    ['made without options', {}],
    ['with a limit that is none', { 'retention.bytes': '-1' }],
    ['that are compacted and have a retention time', { 'cleanup.policy': 'compact', 'retention.ms': '604800000' }],
    ['with other options', { 'max.message.bytes': '2000000', 'unclean.leader.election.enable': 'true' }],
  ])('plans nothing for topics %s', async (_what, config) => {
    const memory = await shop();
    const admin = memory.connect();
    await admin.createTopics([topic('extra', 4, config), topic('other', 2, config, 2)], WRITE);
    const { model, text } = await imported(memory);
    const plan = await makePlan({ admin }, desiredState(model!));
    expect(plan.changes).toEqual([]);
    expect(text.includes('unpinned: report')).toBe(config['cleanup.policy'] !== 'delete');
  });
});
