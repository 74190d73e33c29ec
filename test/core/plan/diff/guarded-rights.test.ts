import type { Acl } from '../../../../lib/core/cluster';
import { buildPlan, NO_EVIDENCE } from '../../../../lib/core/plan/build-plan';
import { acl, desiredWith, observedWith } from '../states';

const WIDE = acl('User:a allow read topic *');
const READ = acl('User:a allow read topic orders');
const DENY = acl('User:a deny read topic secret.', { pattern: 'prefixed' });

function planned(wanted: readonly Acl[], present: readonly Acl[], acknowledged: readonly string[] = []): string[] {
  const desired = desiredWith({
    access: {
      acls: wanted.map((one) => ({ acl: one, path: 'principals.a' })),
      principals: [{ principal: 'User:a', path: 'principals.a' }],
    },
  });
  const observed = observedWith({ acls: present });
  const plan = () => buildPlan({ desired, observed, evidence: NO_EVIDENCE });
  const acknowledgements = plan()
    .changes.filter(({ code }) => acknowledged.includes(code))
    .map(({ code, path, from, to }) => ({ code, path, from, to, reason: 'r', at: 'a' }));
  return buildPlan({ desired: { ...desired, acknowledgements }, observed, evidence: NO_EVIDENCE }).changes.map(
    ({ code, status, block }) => `${code} ${status}${block === undefined ? '' : `: ${block.reason}`}`,
  );
}

describe('rights of a plan of which something is held back', () => {
  test('a right waits for the deny that limits it', () => {
    const wanted = [WIDE, DENY];
    const present = [acl('User:a allow read topic secret.keys')];
    expect(planned(wanted, present)).toEqual([
      'ACL-DENY held',
      'ACL-CREATE blocked: What limits it is held back (a may not read topics beginning with secret. from any address), so it would give more than the file does.',
      'ACL-DELETE blocked: What replaces it waits (a may read every topic from any address).',
    ]);
    expect(planned(wanted, present, ['ACL-DENY'])).toEqual([
      'ACL-DENY acknowledged',
      'ACL-CREATE ready',
      'ACL-DELETE ready',
    ]);
  });

  test('a right that no deny limits does not wait', () => {
    expect(planned([READ, DENY], [acl('User:a allow read topic secret.keys')])).toEqual([
      'ACL-DENY held',
      'ACL-CREATE ready',
      'ACL-DELETE held',
    ]);
  });

  test('a deny stays as long as the right that it limits, and goes after it', () => {
    expect(planned([READ], [READ, WIDE, DENY])).toEqual([
      'ACL-DELETE held',
      'ACL-DENY-DELETE blocked: What it limits is held back and still there (a may read every topic from any address), so rights would grow beyond the file.',
    ]);
    expect(planned([READ], [READ, WIDE, DENY], ['ACL-DELETE'])).toEqual([
      'ACL-DELETE acknowledged',
      'ACL-DENY-DELETE ready',
    ]);
  });

  test('a deny goes where nothing that it limits is in the way', () => {
    expect(planned([READ], [READ, DENY])).toEqual(['ACL-DENY-DELETE ready']);
  });
});
