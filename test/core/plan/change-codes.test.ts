import { CHANGE_CODES, isChangeCode } from '../../../lib/core/plan/change-codes';
import { RULES } from '../../../lib/core/rules';

describe('codes of plans', () => {
  test('are unique, also beside those of rules, in capitals and with sentences', () => {
    const codes = CHANGE_CODES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const rules = new Set(RULES.map(({ code }) => code));
    expect(codes.filter((code) => rules.has(code))).toEqual([]);
    for (const { code, what, why } of CHANGE_CODES) {
      expect(code).toMatch(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/);
      for (const sentence of [what, why]) expect(sentence).toMatch(/^[A-Z`].*\.$/);
    }
  });

  test('are told from those of rules', () => {
    expect(isChangeCode('ACL-DELETE')).toBe(true);
    expect(isChangeCode('TOPIC-RETENTION-CUT')).toBe(true);
    expect(isChangeCode('LOCK-PARTITIONS')).toBe(false);
    expect(isChangeCode('constructor')).toBe(false);
  });
});
