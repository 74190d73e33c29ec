import type { DesiredConnector } from '../../../../lib/core/plan/desired';
import { connectorDifferences } from '../../../../lib/core/plan/diff';
import type { ObservedConnector } from '../../../../lib/core/plan/observed';
import { desiredWith, observedWith } from '../states';

const CONFIG = {
  'connector.class': 'io.debezium.connector.postgresql.PostgresConnector',
  'database.password': '${dir:/etc/kafka/connect-secrets/orders-db:password}',
  'tasks.max': '1',
};
const wanted = (more: Partial<DesiredConnector> = {}): DesiredConnector => ({
  name: 'orders-db',
  config: CONFIG,
  state: 'running',
  path: 'connect.connectors.orders-db',
  ...more,
});
const present = (more: Partial<ObservedConnector> = {}): ObservedConnector => ({
  name: 'orders-db',
  config: { ...CONFIG, name: 'orders-db' },
  state: 'running',
  tasks: [{ id: 0, state: 'running' }],
  ...more,
});
const differences = (connectors: readonly DesiredConnector[], observed: readonly ObservedConnector[] | undefined) =>
  connectorDifferences(
    desiredWith({ connectors }),
    observedWith(
      observed === undefined ? {} : { connectors: new Map(observed.map((connector) => [connector.name, connector])) },
    ),
  );

describe('differences of connectors', () => {
  test.each<[title: string, desired: DesiredConnector, observed: ObservedConnector[], expected: string[]]>([
    ['nothing where it is as declared', wanted(), [present()], []],
    [
      'one that is missing is made',
      wanted({ state: 'paused' }),
      [],
      ['CONNECTOR-CREATE safe ready: connector orders-db, paused: io.debezium.connector.postgresql.PostgresConnector'],
    ],
    [
      'other options are set safely',
      wanted({ config: { ...CONFIG, 'tasks.max': '2' } }),
      [present({ config: { ...CONFIG, name: 'orders-db', 'topic.prefix': 'shop' } })],
      ['CONNECTOR-CONFIG safe ready: tasks.max 1 -> 2, topic.prefix shop -> none'],
    ],
    [
      'another class costs availability',
      wanted({ config: { ...CONFIG, 'connector.class': 'A' } }),
      [present()],
      ['CONNECTOR-CONFIG availability held: connector.class io.debezium.connector.postgresql.PostgresConnector -> A'],
    ],
    [
      'a password in clear on the cluster is replaced and not shown',
      wanted(),
      [present({ config: { ...CONFIG, 'database.password': 'hunter2' } })],
      [
        'CONNECTOR-CONFIG safe ready: database.password (not shown) -> ${dir:/etc/kafka/connect-secrets/orders-db:password}',
      ],
    ],
    [
      'a secret in clear is not shown, whatever its option is called',
      wanted({ config: { ...CONFIG, dsn: '${dir:/s/x:dsn}', 'sasl.jaas.config': 'x password="${dir:/s/x:p}";' } }),
      [present({ config: { ...CONFIG, dsn: 'pg://hunter2', 'sasl.jaas.config': 'x password="hunter2";' } })],
      ['CONNECTOR-CONFIG safe ready: dsn (not shown) -> ${dir:/s/x:dsn}, sasl.jaas.config (not shown) -> (not shown)'],
    ],
    [
      'one that is to stop costs availability',
      wanted({ state: 'stopped' }),
      [present()],
      ['CONNECTOR-STATE availability held: running -> stopped'],
    ],
    [
      'one that is to run again does so safely',
      wanted(),
      [present({ state: 'paused' })],
      ['CONNECTOR-STATE safe ready: paused -> running'],
    ],
    [
      'one with failed tasks restarts',
      wanted(),
      [
        present({
          tasks: [
            { id: 0, state: 'running' },
            {
              id: 1,
              state: 'failed',
              trace:
                'org.apache.kafka.connect.errors.ConnectException: no\n\tat a.b.C.d(C.java:1)\nCaused by: java.sql.SQLException: jdbc:postgresql://db?password=hunter2 is wrong',
            },
          ],
        }),
      ],
      ['CONNECTOR-RESTART safe ready: restart: 1 of 2 tasks failed'],
    ],
    [
      'one that failed itself restarts',
      wanted(),
      [present({ state: 'failed', tasks: [] })],
      ['CONNECTOR-RESTART safe ready: restart: the connector failed'],
    ],
    [
      'new options restart failed tasks by themselves',
      wanted({ config: { ...CONFIG, 'tasks.max': '2' } }),
      [present({ state: 'failed', tasks: [{ id: 0, state: 'failed' }] })],
      ['CONNECTOR-CONFIG safe ready: tasks.max 1 -> 2'],
    ],
    [
      'one that waits for a worker is left to wait',
      wanted(),
      [present({ state: 'unassigned', tasks: [{ id: 0, state: 'unassigned' }] })],
      [],
    ],
    [
      'failed tasks of one that is paused stay',
      wanted({ state: 'paused' }),
      [present({ state: 'paused', tasks: [{ id: 0, state: 'failed' }] })],
      [],
    ],
  ])('%s', (_title, desired, observed, expected) => {
    const { changes } = differences([desired], observed);
    expect(changes.map(({ code, grade, status, summary }) => `${code} ${grade} ${status}: ${summary}`)).toEqual(
      expected,
    );
    expect(JSON.stringify(changes.map(({ operation: _operation, ...words }) => words))).not.toContain('hunter2');
  });

  test('new options keep the state that it has, since the state is a change of its own', () => {
    const { changes } = differences(
      [wanted({ state: 'stopped', config: { ...CONFIG, 'tasks.max': '2' } })],
      [present()],
    );
    expect(changes.map(({ operation }) => operation)).toMatchObject([
      { kind: 'put-connector', state: 'running' },
      { kind: 'set-connector-state', state: 'stopped' },
    ]);
  });

  test('a restart names what the tasks failed with', () => {
    const trace = 'org.x.ConnectException: no\nCaused by: java.sql.SQLException: secret';
    const { changes } = differences([wanted()], [present({ tasks: [{ id: 0, state: 'failed', trace }] })]);
    expect(changes[0]!.reason).toBe(
      'Failed tasks do not start again by themselves; they failed with java.sql.SQLException.',
    );
  });

  test('connectors of others are told and left alone', () => {
    const { changes, findings } = differences([wanted()], [present(), present({ name: 'by-hand' })]);
    expect(changes).toEqual([]);
    expect(findings).toMatchObject([{ code: 'CONNECTOR-UNDECLARED' }]);
    expect(findings[0]!.message).toContain('by-hand');
  });

  test('fails to compare, and changes nothing, where the workers were not asked', () => {
    const { changes, findings } = differences([wanted()], undefined);
    expect(changes).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['PLAN-UNREAD']);
  });
});

describe('a connector with a tombstone', () => {
  const deletedConnectors = [{ name: 'orders-db', reason: 'moved', path: 'connect.connectors.orders-db.deleted' }];

  test('goes, and needs no other acknowledgement', () => {
    const { changes, findings } = connectorDifferences(
      desiredWith({ connectors: [], deletedConnectors }),
      observedWith({ connectors: new Map([['orders-db', present()]]) }),
    );
    expect(changes).toMatchObject([
      {
        code: 'CONNECTOR-DELETE',
        status: 'acknowledged',
        path: 'connect.connectors.orders-db.deleted',
        from: 'running',
        to: 'none',
        operation: { kind: 'delete-connector', connector: 'orders-db' },
      },
    ]);
    expect(findings).toEqual([]);
  });

  test('is no change any more once it is gone', () => {
    const { changes } = connectorDifferences(
      desiredWith({ connectors: [], deletedConnectors }),
      observedWith({ connectors: new Map() }),
    );
    expect(changes).toEqual([]);
  });
});
