import fc from 'fast-check';
import { derivedUuid, shortHash } from '../../../lib/core/model';

describe('a derived Kafka Uuid', () => {
  test('is a function of its seed alone', () => {
    expect(derivedUuid('cluster', 'prod', 'ec2')).toBe('ZbPgp0niPti8ANbomfGz-w');
    expect(derivedUuid('cluster', 'prod', 'ec2')).not.toBe(derivedUuid('cluster', 'prod', 'hosts'));
    expect(derivedUuid('a', 'bc')).not.toBe(derivedUuid('ab', 'c'));
  });

  test('is 16 bytes as 22 characters of URL-safe base64 and never begins with a dash', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (seed) => {
        const uuid = derivedUuid(...seed);
        expect(uuid).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{20}[AQgw]$/);
        expect(Buffer.from(uuid, 'base64url')).toHaveLength(16);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});

test('a short hash is the first digits of SHA-256', () => {
  expect(shortHash('', 8)).toBe('e3b0c442');
});
