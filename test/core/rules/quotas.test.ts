import { QUOTA_RULES } from '../../../lib/core/rules/quotas';
import { testRules } from '../../support/rule-cases';

describe('the rules of quotas', () => {
  testRules(QUOTA_RULES, [
    [
      'quotas of every kind, and tombstones',
      'kubernetes',
      `quotas:
  defaultUser: { requestPercentage: 50 }
  defaultClient: { producerByteRate: 1MiB/s }
  defaultAddress: { connectionCreationRate: 10 }
  clients: { batch: { consumerByteRate: 1MiB/s }, old: { deleted: { reason: gone } } }
  addresses: { 10.0.0.7: { connectionCreationRate: 5 }, "::1": { deleted: { reason: gone } } }
principals: { a: { listener: internal, quota: { controllerMutationRate: 5 } } }`,
      [],
    ],
    [
      'quotas that limit nothing',
      'kubernetes',
      'quotas: { defaultUser: {}, clients: { batch: {} }, addresses: { 10.0.0.7: {} } }\nprincipals: { a: { listener: internal, quota: {} } }',
      [
        'QUOTA-EMPTY principals.a.quota',
        'QUOTA-EMPTY quotas.addresses["10.0.0.7"]',
        'QUOTA-EMPTY quotas.clients.batch',
        'QUOTA-EMPTY quotas.defaultUser',
      ],
    ],
    [
      'tombstones with limits',
      'kubernetes',
      'quotas: { clients: { batch: { deleted: { reason: gone }, producerByteRate: 1MiB/s } }, addresses: { 10.0.0.7: { deleted: { reason: gone }, connectionCreationRate: 5 } } }',
      ['QUOTA-DELETED-KEYS quotas.addresses["10.0.0.7"]', 'QUOTA-DELETED-KEYS quotas.clients.batch'],
    ],
    [
      'addresses that are none, or one twice',
      'kubernetes',
      'quotas: { addresses: { 10.0.0.256: { connectionCreationRate: 5 }, "1:2": { connectionCreationRate: 5 }, "::1": { connectionCreationRate: 5 }, "0:0:0:0:0:0:0:1": { connectionCreationRate: 6 } } }',
      [
        'QUOTA-ADDRESS quotas.addresses["0:0:0:0:0:0:0:1"]',
        'QUOTA-ADDRESS quotas.addresses["1:2"]',
        'QUOTA-ADDRESS quotas.addresses["10.0.0.256"]',
      ],
    ],
    [
      'quotas on Serverless',
      'serverless',
      'quotas: { clients: { batch: { producerByteRate: 1MiB/s } } }\nprincipals: { a: { listener: internal, iamRole: a, quota: { producerByteRate: 1MiB/s } } }',
      ['QUOTA-SERVICE principals.a.quota', 'QUOTA-SERVICE quotas.clients.batch'],
    ],
    [
      'a quota with IAM',
      'msk',
      'principals: { a: { listener: internal, iamRole: a, quota: { producerByteRate: 1MiB/s } } }',
      ['QUOTA-LISTENER principals.a.quota'],
    ],
    [
      'a quota where nobody logs in',
      'local',
      'principals: { a: { listener: internal, quota: { producerByteRate: 1MiB/s } } }',
      ['QUOTA-LISTENER principals.a.quota'],
    ],
    ['quotas of clients with IAM', 'msk', 'quotas: { clients: { batch: { producerByteRate: 1MiB/s } } }', []],
  ]);
});
