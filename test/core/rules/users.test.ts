import { USER_RULES } from '../../../lib/core/rules/users';
import { testRules } from '../../support/rule-cases';

const CONNECT =
  'targets: { kubernetes: { images: { tools: registry.example.com/tools:1 } } }\nconnect: { replicas: 2 }\n';

describe('the rules of users', () => {
  testRules(USER_RULES, [
    [
      'two log-ins, one of which goes',
      'kubernetes',
      'principals: { a: { listener: internal, users: { a-1: {}, a-2: { deleted: { reason: rotated } } } } }',
      [],
    ],
    ['a tombstone', 'kubernetes', 'principals: { a: { deleted: { reason: gone } } }', []],
    [
      'a tombstone with the names that it had',
      'kubernetes',
      'principals: { a: { deleted: { reason: gone }, users: { a-1: {} }, commonName: x } }',
      [],
    ],
    [
      'a user that moved to another principal',
      'kubernetes',
      'principals: { a: { listener: internal, users: { x: { deleted: { reason: moved } }, y: {} } }, b: { listener: internal, users: { x: {} } } }',
      [],
    ],
    [
      'a tombstone with settings',
      'kubernetes',
      'principals: { a: { listener: internal, deleted: { reason: gone }, quota: { producerByteRate: 1MiB/s } } }',
      ['PRINCIPAL-DELETED-KEYS principals.a'],
    ],
    [
      'users where none log in',
      'msk',
      'principals: { a: { listener: internal, iamRole: a, users: { a-1: {} } } }',
      ['PRINCIPAL-USERS principals.a.users'],
    ],
    [
      'users that all go',
      'kubernetes',
      'principals: { a: { listener: internal, users: { a-1: { deleted: { reason: rotated } } } } }',
      ['PRINCIPAL-USERS principals.a.users'],
    ],
    [
      'no users',
      'kubernetes',
      'principals: { a: { listener: internal, users: {} } }',
      ['PRINCIPAL-USERS principals.a.users'],
    ],
    [
      'users and a password beside',
      'kubernetes',
      'secrets: { s: { id: s } }\nprincipals: { a: { listener: internal, password: { secret: s, key: p }, users: { a-1: {} } } }',
      ['PRINCIPAL-USERS principals.a.password'],
    ],
    [
      'a user of two principals',
      'kubernetes',
      'principals: { a: { listener: internal, users: { x: {} } }, b: { listener: internal, users: { x: {}, y: {} } } }',
      ['PRINCIPAL-USER principals.b.users.x'],
    ],
    [
      'a user that is another principal',
      'kubernetes',
      'principals: { a: { listener: internal, users: { b: {} } }, b: { listener: internal } }',
      ['PRINCIPAL-USER principals.b'],
    ],
    [
      'one certificate for two principals',
      'kubernetes',
      'listeners: { internal: { authentication: mtls } }\nprincipals: { a: { listener: internal }, b: { listener: internal, commonName: a } }',
      ['PRINCIPAL-USER principals.b.commonName'],
    ],
    [
      'one client for two principals, by OAuth and SCRAM',
      'kubernetes',
      'listeners: { internal: { authentication: oauthbearer }, other: { authentication: scram-sha-512 } }\nprincipals: { a: { listener: internal }, b: { listener: other, users: { a: {} } } }',
      ['PRINCIPAL-USER principals.b.users.a'],
    ],
    [
      'the user of the Connect workers',
      'kubernetes',
      `${CONNECT}principals: { k8s-connect: { listener: internal } }`,
      ['PRINCIPAL-USER principals.k8s-connect'],
    ],
    ['that user where there are no workers', 'kubernetes', 'principals: { k8s-connect: { listener: internal } }', []],
  ]);
});
