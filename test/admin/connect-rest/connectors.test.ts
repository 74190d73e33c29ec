import { RestConnectWorkers } from '../../../lib/admin/adapters/connect-rest/workers';
import type { ConnectWorkersPort } from '../../../lib/admin/port';
import { errorBody, StandIn, type Asked, type Reply } from '../../support/connect-workers-stand-in';

const CLASS = 'org.example.SourceConnector';
const CONFIG = { 'connector.class': CLASS, topic: 'orders', 'database.password': 'hunter2' };
const RUNNING = { state: 'RUNNING', worker_id: 'w1:8083' };
const NO_STATUS = errorBody(404, 'No status found for connector orders');

jest.setTimeout(30_000);

/** Connectors over an interface that answers as it is told. */
describe('connectors over the REST interface', () => {
  let standIn: StandIn;
  let port: ConnectWorkersPort;

  const answering = async (
    routes: Readonly<Record<string, Reply | ((time: number, asked: Asked) => Reply)>>,
  ): Promise<void> => {
    standIn = await new StandIn((asked, time) => {
      const reply = routes[`${asked.method} ${asked.path}`] ?? errorBody(404, 'HTTP 404 Not Found');
      return typeof reply === 'function' ? reply(time, asked) : reply;
    }).start();
    port = new RestConnectWorkers({ urls: [standIn.url], patienceMs: 4000 }, 400);
  };
  const info = (config: object, tasks = 1): Reply => [
    200,
    {
      name: 'orders',
      config: { ...config, name: 'orders' },
      tasks: Array.from({ length: tasks }, (_, task) => ({ connector: 'orders', task })),
    },
  ];
  const status = (connector: string, ...tasks: string[]): Reply => [
    200,
    {
      name: 'orders',
      connector: { ...RUNNING, state: connector },
      tasks: tasks.map((state, id) => ({ ...RUNNING, id, state })),
    },
  ];
  const changes = (): string[] => standIn.lines.filter((line) => !line.startsWith('GET'));

  afterEach(async () => {
    await port.close();
    await standIn.stop();
  });

  test('are told with their state, without the name that Connect adds, and without secrets in traces', async () => {
    const trace =
      'org.example.LoginException: jdbc:x://app:hunter2@db/shop?password=opensesame refused\n\tat org.example.Task';
    await answering({
      'GET /connectors?expand=info&expand=status': [
        200,
        {
          orders: {
            info: { name: 'orders', config: { ...CONFIG, name: 'orders' }, tasks: [] },
            status: { name: 'orders', connector: RUNNING, tasks: [{ ...RUNNING, id: 0, state: 'FAILED', trace }] },
          },
        },
      ],
    });
    expect([...(await port.connectors()).values()]).toEqual([
      {
        name: 'orders',
        config: CONFIG,
        state: 'running',
        tasks: [
          {
            id: 0,
            state: 'failed',
            trace:
              'org.example.LoginException: jdbc:x://app:[hidden]@db/shop?password=[hidden] refused\n\tat org.example.Task',
          },
        ],
      },
    ]);
  });

  test('are created in their state, and waited for until all of their tasks run', async () => {
    await answering({
      'GET /connectors/orders': (time) => (time === 1 ? errorBody(404, 'Connector orders not found') : info(CONFIG, 2)),
      'POST /connectors': [201, {}],
      'GET /connectors/orders/status': (time) =>
        time < 2
          ? NO_STATUS
          : time < 4
            ? status('RUNNING')
            : time < 6
              ? status('RUNNING', 'RUNNING', 'UNASSIGNED')
              : status('RUNNING', 'RUNNING', 'RUNNING'),
    });
    await port.put({ name: 'orders', config: CONFIG, state: 'running' });
    expect(changes()).toEqual(['POST /connectors']);
    expect(standIn.asked.find(({ method }) => method === 'POST')!.body).toEqual({ name: 'orders', config: CONFIG });
  });

  test('that are to stand still are created so', async () => {
    await answering({
      'GET /connectors/orders': errorBody(404, 'Connector orders not found'),
      'POST /connectors': [201, {}],
      'GET /connectors/orders/status': status('STOPPED'),
    });
    await port.put({ name: 'orders', config: CONFIG, state: 'stopped' });
    expect(standIn.asked.find(({ method }) => method === 'POST')!.body).toMatchObject({ initial_state: 'STOPPED' });
  });

  test('that are to stand still are stopped at once where a worker before 3.7 knows no initial state', async () => {
    await answering({
      'GET /connectors/orders': errorBody(404, 'Connector orders not found'),
      'POST /connectors': errorBody(
        500,
        'Unrecognized field "initial_state" (class …CreateConnectorRequest), not marked as ignorable',
      ),
      'PUT /connectors/orders/config': [201, {}],
      'PUT /connectors/orders/pause': [202],
      'GET /connectors/orders/status': status('PAUSED', 'PAUSED'),
    });
    await port.put({ name: 'orders', config: CONFIG, state: 'paused' });
    expect(changes()).toEqual(['POST /connectors', 'PUT /connectors/orders/config', 'PUT /connectors/orders/pause']);
  });

  test('whose creation was answered by nobody are changed instead of created twice', async () => {
    await answering({
      'GET /connectors/orders': (time) => (time === 1 ? errorBody(404, 'Connector orders not found') : info(CONFIG)),
      'POST /connectors': (time) => (time === 1 ? 'hang-up' : errorBody(409, 'Connector orders already exists')),
      'PUT /connectors/orders/config': [200, {}],
      'GET /connectors/orders/status': status('RUNNING', 'RUNNING'),
    });
    await port.put({ name: 'orders', config: CONFIG, state: 'running' });
    expect(changes()).toEqual(['POST /connectors', 'POST /connectors', 'PUT /connectors/orders/config']);
  });

  test('are stopped before they get a new configuration, and started after it', async () => {
    const old = { ...CONFIG, topic: 'old' };
    await answering({
      'GET /connectors/orders': info(old),
      'PUT /connectors/orders/config': [200, {}],
      'PUT /connectors/orders/stop': [204],
      'GET /connectors/orders/status': (time) => (time === 1 ? status('RUNNING', 'RUNNING') : status('STOPPED')),
    });
    await port.put({ name: 'orders', config: CONFIG, state: 'stopped' });
    expect(changes()).toEqual(['PUT /connectors/orders/stop', 'PUT /connectors/orders/config']);
    await standIn.stop();
    await answering({
      'GET /connectors/orders': info(old),
      'PUT /connectors/orders/config': [200, {}],
      'PUT /connectors/orders/resume': [202],
      'GET /connectors/orders/status': (time) => (time === 1 ? status('STOPPED') : status('RUNNING', 'RUNNING')),
    });
    await port.put({ name: 'orders', config: CONFIG, state: 'running' });
    expect(changes()).toEqual(['PUT /connectors/orders/config', 'PUT /connectors/orders/resume']);
  });

  test('that are as they should be are left alone', async () => {
    await answering({
      'GET /connectors/orders': info(CONFIG),
      'GET /connectors/orders/status': status('RUNNING', 'RUNNING'),
    });
    await port.put({ name: 'orders', config: CONFIG, state: 'running' });
    expect(changes()).toEqual([]);
  });

  test('whose tasks had failed before are not taken for failed while they start anew', async () => {
    await answering({
      'GET /connectors/orders': info({ ...CONFIG, topic: 'old' }),
      'PUT /connectors/orders/config': [200, {}],
      'GET /connectors/orders/status': (time) =>
        time < 4 ? status('RUNNING', 'FAILED') : status('RUNNING', 'RUNNING'),
    });
    await port.put({ name: 'orders', config: CONFIG, state: 'running' });
  });

  test('may have no task as long as there is nothing to do', async () => {
    await answering({ 'GET /connectors/orders': info(CONFIG, 0), 'GET /connectors/orders/status': status('RUNNING') });
    await port.put({ name: 'orders', config: CONFIG, state: 'running' });
  });

  test('have names that are encoded', async () => {
    await answering({
      'DELETE /connectors/a%2Fb%20c': [204],
      'GET /connectors/a%2Fb%20c': errorBody(404, 'not found'),
    });
    await port.delete('a/b c');
    expect(changes()).toEqual(['DELETE /connectors/a%2Fb%20c']);
  });

  test('fails with what failed, its worker and its cause, without secrets', async () => {
    const trace =
      'org.example.ConnectException: no log-in with hunter2\n\tat x\nCaused by: java.io.IOException: closed\n\tat y';
    await answering({
      'GET /connectors/orders': info(CONFIG, 2),
      'GET /connectors/orders/status': [
        200,
        {
          name: 'orders',
          connector: RUNNING,
          tasks: [0, 1].map((id) => ({ ...RUNNING, id, state: 'FAILED', trace })),
        },
      ],
    });
    await expect(port.put({ name: 'orders', config: CONFIG, state: 'running' })).rejects.toMatchObject({
      code: 'CONNECTOR-FAILED',
      status: 1,
      message:
        'Connector orders does not run, got task 0 failed on worker w1:8083: org.example.ConnectException: no log-in with [hidden] (caused by java.io.IOException: closed) (and 1 more).',
    });
  });

  test('fails with the states that were seen where they do not come to rest in time', async () => {
    await answering({
      'POST /connectors/orders/restart?includeTasks=true&onlyFailed=true': [202, {}],
      'GET /connectors/orders': info(CONFIG),
      'GET /connectors/orders/status': status('RUNNING', 'UNASSIGNED'),
    });
    await expect(port.restart('orders')).rejects.toMatchObject({
      code: 'CONNECTOR-UNSETTLED',
      message: expect.stringContaining('not running after 4 s, got RUNNING, tasks 0 UNASSIGNED;'),
    });
  });

  test('fails with every error of a configuration in Connect’s words, without secrets', async () => {
    await answering({
      'GET /connectors/orders': errorBody(404, 'Connector orders not found'),
      'POST /connectors': errorBody(
        400,
        'Connector configuration is invalid and contains the following 2 error(s):\nMissing required configuration "x" which has no default value.\nInvalid value hunter2 for configuration database.password: too short\nYou can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`',
      ),
    });
    await expect(port.put({ name: 'orders', config: CONFIG, state: 'running' })).rejects.toMatchObject({
      code: 'CONNECTOR-CONFIG',
      message:
        'Connect refused the configuration of connector orders, got Missing required configuration "x" which has no default value. Invalid value [hidden] for configuration database.password: too short.',
      hint: 'Change connect.connectors.orders.',
    });
  });

  test('fails for connectors that are not there, and says so of what a worker does not have', async () => {
    await answering({ 'PUT /connectors/orders/pause': errorBody(404, 'Unknown connector orders') });
    await expect(port.setState('orders', 'paused')).rejects.toMatchObject({ code: 'CONNECTOR-UNKNOWN' });
    await expect(port.setState('orders', 'stopped')).rejects.toThrow('got 404: a worker of Kafka 3.5 or newer');
  });
});
