import { formatLock, lockEntry, parseLock, withTarget } from '../../../lib/core/lock';
import { MINIMAL, modelOfFile, modelOfText, openText } from '../../support/environments';

describe('the lock', () => {
  test('holds ids, voters and the shape of every topic, with sorted keys', () => {
    const model = modelOfText(`${MINIMAL}topics: { b: {}, a: { partitions: 4 } }\n`);
    const text = formatLock(withTarget(undefined, model.name, model.target, lockEntry(model)));
    const parsed = parseLock(text);
    expect(parsed).toEqual({ lock: expect.objectContaining({ environment: 'mini' }) });
    expect(text.indexOf('"a"')).toBeLessThan(text.indexOf('"b"'));
    expect(lockEntry(model)).toMatchObject({
      clusterId: model.clusterId,
      formed: false,
      topics: { a: { partitions: 4, replicationFactor: 3 } },
    });
    expect(lockEntry(model).voters).toHaveLength(3);
  });

  test('keeps the entries of other targets', () => {
    const local = modelOfFile('prod', 'local');
    const msk = modelOfFile('prod');
    const both = withTarget(withTarget(undefined, 'prod', 'msk', lockEntry(msk)), 'prod', 'local', lockEntry(local));
    expect(Object.keys(both.targets)).toEqual(['msk', 'local']);
  });

  test('keeps ids when the environment is renamed', () => {
    const before = modelOfText(MINIMAL);
    const lock = formatLock(withTarget(undefined, 'mini', 'local', lockEntry(before)));
    const { model } = openText(MINIMAL.replace('name: mini', 'name: renamed'), { files: { 'test.lock.json': lock } });
    expect(model?.clusterId).toBe(before.clusterId);
    expect(model?.nodes.map(({ directoryId }) => directoryId)).toEqual(
      before.nodes.map(({ directoryId }) => directoryId),
    );
  });

  test('says that controllers join instead of forming a quorum, once the first formation is recorded', () => {
    const before = modelOfText(MINIMAL);
    const lock = formatLock(withTarget(undefined, 'mini', 'local', lockEntry(before, true)));
    expect(before.formation).toBe('first');
    expect(modelOfText(MINIMAL, { files: { 'test.lock.json': lock } }).formation).toBe('formed');
  });

  test.each([
    ['not JSON', '{', 'LOCK-UNREADABLE'],
    ['another schema', '{"schemaVersion":2}', 'LOCK-UNREADABLE'],
  ])('fails on a lock file that is %s', (_what, text, code) => {
    expect(openText(MINIMAL, { files: { 'test.lock.json': text } }).issues.map((issue) => issue.code)).toContain(code);
  });
});
