import { stringify } from 'yaml';
import { allClientFiles } from '../../lib/cli/client-settings';
import { renderTarget } from '../../lib/cli/renderers';
import { TARGET_ADAPTERS } from '../../lib/core/model';
import type { TargetName } from '../../lib/core/spec';
import { modelOfText } from '../support/environments';
import { BASES, type Base } from '../support/rule-cases';

const targetOf = (base: Base): TargetName => /target: (.+)/.exec(BASES[base])?.[1] as TargetName;

/** What the rules let through for every target: one change each. */
const CHANGES: readonly (readonly [string, object])[] = [
  ['nothing', {}],
  [
    'a topic with every key',
    {
      topics: {
        orders: {
          partitions: 6,
          replicationFactor: 3,
          minInSyncReplicas: 2,
          cleanupPolicy: ['compact', 'delete'],
          retention: { time: '7d', bytesPerPartition: '2GiB' },
          config: { 'compression.type': 'zstd' },
          description: 'x',
        },
      },
    },
  ],
  ['topics named like what objects have', { topics: { constructor: {}, toString: {}, Cluster: {}, Resource: {} } }],
  ['a tombstone', { topics: { old: { deleted: { reason: 'replaced' } } } }],
  ['a description with every quote', { description: `it's "quoted" \\ \${x} $(y) \`z\` 100 % 注文 😀` }],
  ['no metrics', { monitoring: { metrics: false } }],
  ['a promise', { monitoring: { lag: { billing: { maxTimeLag: '5m' } } } }],
];

const bases = Object.keys(BASES) as Base[];
const cases = bases.flatMap((base) => CHANGES.map(([what, change]) => [base, what, change] as const));
const logins = bases.flatMap((base) =>
  TARGET_ADAPTERS[targetOf(base)].authentications.map((authentication) => [base, authentication] as const),
);

function render(base: Base, change: object): number {
  const yaml = stringify({ extends: './base.yaml', ...change });
  const model = modelOfText(yaml, { files: { 'base.yaml': BASES[base] } });
  return [...renderTarget(model), ...allClientFiles(model, 'broker.example:9092')].length;
}

const AUTHORITY = 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555';

describe('an environment that is accepted renders', () => {
  test.each(cases)('%s with %s', (base, _what, change) => {
    expect(render(base, change)).toBeGreaterThan(0);
  });

  test.each(logins)('%s with clients that log in by %s', (base, authentication) => {
    const principal = {
      listener: 'internal',
      produce: { topics: ['orders', 'shop.*'], transactionalIds: ['a-*'] },
      consume: { topics: ['*'], groups: ['a'] },
    };
    const change = {
      listeners: { internal: { authentication } },
      topics: { orders: {}, 'shop.orders': {} },
      ...(targetOf(base) === 'msk' && authentication === 'mtls'
        ? { targets: { msk: { certificateAuthorities: [AUTHORITY] } } }
        : {}),
      principals: { 'a.b-1': { ...principal, ...(authentication === 'iam' ? { iamRole: 'client' } : {}) } },
    };
    expect(render(base, change)).toBeGreaterThan(0);
  });
});
