import { problemsOf, unknownClass } from '../../../lib/admin/adapters/connect-rest/problems';
import type { ConnectorPlugin } from '../../../lib/admin/port';

interface Answered {
  readonly value?: string | null;
  readonly errors?: readonly string[];
  readonly allowed?: readonly string[];
}

function validation(options: Readonly<Record<string, Answered>>): Parameters<typeof problemsOf>[1] {
  return {
    configs: Object.entries(options).map(([name, { value = null, errors = [], allowed = [] }]) => ({
      definition: { name },
      value: { name, value, errors, recommended_values: allowed },
    })),
  };
}

const plugins = [
  'org.apache.kafka.connect.file.FileStreamSinkConnector',
  'org.apache.kafka.connect.mirror.MirrorSourceConnector',
].map((className): ConnectorPlugin => ({ className, type: 'source' }));

describe('problems of a configuration', () => {
  test('are all errors of all options, with where they are written', () => {
    const config = { 'connector.class': 'C', 'tasks.max': 'x', 'key.converter': 'org.example.StringConvertor' };
    const answer = validation({
      'tasks.max': {
        errors: [
          'Invalid value x for configuration tasks.max: Not a number of type INT',
          'Invalid value null for configuration tasks.max: Value must be non-null',
        ],
      },
      topic: { errors: ['Missing required configuration "topic" which has no default value.'] },
      'key.converter': {
        errors: [
          'Invalid value org.example.StringConvertor for configuration key.converter: Class could not be found.',
        ],
        allowed: ['org.apache.kafka.connect.json.JsonConverter', 'org.apache.kafka.connect.storage.StringConverter'],
      },
    });
    expect(problemsOf({ name: 'orders', config }, answer)).toEqual([
      {
        level: 'error',
        option: 'tasks.max',
        message: 'Invalid value x for configuration tasks.max: Not a number of type INT.',
        hint: 'Change connect.connectors.orders.tasksMax.',
      },
      {
        level: 'error',
        option: 'topic',
        message: 'Missing required configuration "topic" which has no default value.',
        hint: 'Set connect.connectors.orders.config.topic.',
      },
      {
        level: 'error',
        option: 'key.converter',
        message: 'Invalid value org.example.StringConvertor for configuration key.converter: Class could not be found.',
        hint: 'Did you mean org.apache.kafka.connect.storage.StringConverter? Change connect.connectors.orders.config["key.converter"].',
      },
    ]);
  });

  test('hold no secret', () => {
    const [problem] = problemsOf(
      { name: 'orders', config: { 'db.password': 'hunter2' } },
      validation({ 'db.password': { errors: ['Invalid value hunter2 for configuration db.password: too short'] } }),
    );
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  test('are placeholders that the workers leave as they are', () => {
    const config = {
      file: '${dir:/secrets/x:path}',
      url: '${dir:/secrets/x:url}',
      'table.name.format': '${topic}',
      prefix: '${date:yyyy}',
    };
    const answer = validation({
      file: { value: config.file },
      url: { value: 'jdbc:x' },
      'table.name.format': { value: '${topic}' },
      prefix: { value: '${date:yyyy}' },
    });
    expect(problemsOf({ name: 'orders', config }, answer)).toMatchObject([
      { level: 'error', option: 'file', message: expect.stringContaining('got ${dir:/secrets/x:path};') },
      { level: 'warning', option: 'prefix' },
    ]);
  });

  test('are warnings for options that are nearly known, and nothing for those that are handed on', () => {
    const config = {
      'connector.class': 'C',
      'tasks.maxx': '1',
      batchSize: '3',
      'key.converter.schemas.enable': 'false',
      'driver.x': '1',
      topic: 'a',
      topics: 'b',
    };
    const answer = validation({
      'connector.class': {},
      'tasks.max': {},
      'batch.size': {},
      'key.converter': {},
      topic: {},
    });
    expect(problemsOf({ name: 'orders', config }, answer)).toMatchObject([
      { level: 'warning', option: 'tasks.maxx', hint: expect.stringContaining('Did you mean tasks.max?') },
      { level: 'warning', option: 'batchSize', hint: expect.stringContaining('Did you mean batch.size?') },
    ]);
  });

  test.each([
    ['org.apache.kafka.connect.file.FileStreamSinkConector', 'FileStreamSinkConnector?'],
    ['org.example.MirrorSourceConnector', 'mirror.MirrorSourceConnector?'],
  ])('name the class that was meant by %s', (className, meant) => {
    const problem = unknownClass({ name: 'orders', config: { 'connector.class': className } }, plugins);
    expect(problem.hint).toContain(meant);
    expect(problem.message).toContain(
      `got ${className}; they have ${plugins.map((plugin) => plugin.className).join(', ')}.`,
    );
  });

  test('say what to do where no class is near', () => {
    const config = { 'connector.class': 'io.debezium.connector.postgresql.PostgresConnector' };
    expect(unknownClass({ name: 'orders', config }, []).hint).toContain('plugin.path of every worker');
  });
});
