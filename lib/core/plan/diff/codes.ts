import type { ChangeCode } from '../change-code';

const change = (code: string, grades: ChangeCode['grades'], what: string, why: string): ChangeCode => ({
  code,
  grades,
  what,
  why,
});
const noticed = (code: string, what: string, why: string): ChangeCode => ({ code, grades: [], what, why });

/** Codes of everything but topics, by family. */
export const ACCESS_CODES: readonly { readonly family: string; readonly codes: readonly ChangeCode[] }[] = [
  {
    family: 'Access',
    codes: [
      change('ACL-CREATE', ['safe'], 'A principal gets a right.', 'Nobody loses one. It comes before every removal.'),
      change(
        'ACL-DENY',
        ['availability', 'safe'],
        'A principal is denied something.',
        'A deny wins over every allow, so its clients are refused from now on. It is safe where nobody has yet what it denies; rights that it limits wait for it.',
      ),
      change(
        'ACL-DELETE',
        ['availability', 'safe'],
        'A right goes that the principal has on the cluster and in no file.',
        'Clients that use it are refused. It is safe where another right of the principal allows the same. ACLs of principals that no file declares are left alone.',
      ),
      change(
        'ACL-CLOSE',
        ['availability', 'safe'],
        'On Amazon MSK, topics, groups, transactional ids and the cluster close to clients without ACLs, by ACLs for nobody on all of them.',
        'The service lets everybody do everything with what has no ACL. It comes after all rights, and never goes by absence. It is safe where nobody has written or read yet.',
      ),
      change(
        'ACL-DENY-DELETE',
        ['safe'],
        'A deny goes that is in no file.',
        'Nobody is refused by it; rights grow to what the allows say. It waits for rights that go and that it limits.',
      ),
      noticed(
        'PRINCIPAL-UNDECLARED',
        'A principal in the scope of the file has ACLs and is not in it.',
        'It may be forgotten, or belong to nobody. It stays until a tombstone says otherwise.',
      ),
    ],
  },
  {
    family: 'Users',
    codes: [
      change('USER-CREATE', ['safe'], 'A SCRAM user is made.', 'A log-in more; nobody loses one.'),
      change(
        'USER-PASSWORD',
        ['availability'],
        'A user takes the password that its secret holds now.',
        'Clients with the old one are refused when they next log in. A second user under `users` gives time to move them.',
      ),
      change(
        'USER-ITERATIONS',
        ['safe'],
        'A credential is made again with another number of iterations.',
        'The password stays the same.',
      ),
      change('USER-DELETE', ['availability'], 'A user with a tombstone goes.', 'Whoever logs in as it is refused.'),
      noticed(
        'USER-UNTRIED',
        'It is not known whether the password of a user is that of its secret.',
        'Kafka never tells a password; only a log-in does, and that was not possible from here.',
      ),
    ],
  },
  {
    family: 'Quotas',
    codes: [
      change('QUOTA-SET', ['safe'], 'A quota is set or raised.', 'Above it a client is slowed down, never refused.'),
      change('QUOTA-CUT', ['availability'], 'A quota is lowered.', 'Clients above it are slowed down.'),
      change(
        'QUOTA-REMOVE',
        ['safe', 'availability'],
        'A quota goes that a declared entity, or a principal of the file, has on the cluster and not in the file.',
        'The limit is lifted. It costs availability where the default of all is lower, and where the file declares no quota of the entity at all: somebody may have set it in an emergency.',
      ),
    ],
  },
  {
    family: 'Options of brokers',
    codes: [
      change(
        'BROKER-OPTION',
        ['safe', 'availability', 'data-loss'],
        'The dynamic default of all brokers is set for an option that can change while they run.',
        'Most only change how brokers work. Retention, cleanup, min ISR and unclean elections of topics without values of their own can lose records; limits refuse clients.',
      ),
      noticed(
        'BROKER-RESTART',
        'An option of a broker is not as declared, and only a restart changes it.',
        'Brokers run with an old file, or with a file of somebody else.',
      ),
      noticed(
        'BROKER-OPTION-HIDDEN',
        'A dynamic value of a single broker hides the declared one.',
        'It wins over files and over the default of all brokers, on that broker alone.',
      ),
      noticed(
        'BROKER-OPTION-UNDECLARED',
        'A dynamic default of all brokers is not declared.',
        'It wins over the files of brokers, where nobody sees it.',
      ),
    ],
  },
  {
    family: 'Connectors',
    codes: [
      change('CONNECTOR-CREATE', ['safe'], 'A connector is made.', 'Others go on as before.'),
      change(
        'CONNECTOR-CONFIG',
        ['safe', 'availability'],
        'The configuration of a connector is replaced.',
        'Its tasks restart and go on where they were. Another class does not understand the offsets of the one before.',
      ),
      change(
        'CONNECTOR-STATE',
        ['safe', 'availability'],
        'A connector runs, pauses or stops.',
        'While it does not run no records flow; where it was is kept.',
      ),
      change(
        'CONNECTOR-RESTART',
        ['safe'],
        'A connector with failed tasks is restarted.',
        'Failed tasks do not start again by themselves.',
      ),
      change(
        'CONNECTOR-DELETE',
        ['availability'],
        'A connector with a tombstone is deleted.',
        'Records no longer flow; Connect keeps where it was until its offsets are reset.',
      ),
      noticed(
        'CONNECTOR-UNDECLARED',
        'The workers run a connector that is not declared.',
        'It may be forgotten; it is left alone.',
      ),
    ],
  },
  {
    family: 'What was read',
    codes: [
      noticed(
        'PLAN-UNREAD',
        'Something that is declared could not be read.',
        'What was not read is not compared, and a plan without changes does not say that it is as declared.',
      ),
    ],
  },
];
