import { serverProperties } from '../../../lib/core/config';
import { dueOf, runTimeOptions, startChanges } from '../../../lib/core/roll';
import { modelOfText } from '../../support/environments';

const environment = (config: string, pool = ''): string => `
name: shop
target: hosts
kafka: { version: '4.3', config: { ${config} } }
nodePools:
  brokers: { roles: [broker, controller], replicas: 3, volumes: [{ size: 10GiB }]${pool} }
listeners: { internal: { authentication: scram-sha-512 } }
targets:
  hosts:
    inventory:
      b1: { address: b1.example, nodePool: brokers, nodeId: 1, logDirs: [/data/1/kafka] }
      b2: { address: b2.example, nodePool: brokers, nodeId: 2, logDirs: [/data/1/kafka] }
      b3: { address: b3.example, nodePool: brokers, nodeId: 3, logDirs: [/data/1/kafka] }
`;

const tls = { keystore: '/k', truststore: '/t' };
const model = (config: string, pool?: string) => modelOfText(environment(config, pool));
const properties = (of: ReturnType<typeof model>): string => serverProperties(of, of.nodes[0]!, tls);

const changes = (before: string, after: string, pool?: string) =>
  startChanges(runTimeOptions(model(after, pool)), properties(model(before)), properties(model(after, pool)));

describe('what is otherwise than when a node was started', () => {
  test('is changed at run time where it is a dynamic default of all brokers', () => {
    expect(changes('', 'num.io.threads: 16, log.retention.ms: 1000000')).toEqual({
      restart: [],
      atRunTime: ['log.retention.ms', 'num.io.threads'],
    });
  });

  test('needs a restart where Kafka reads it only then', () => {
    expect(changes('', 'num.io.threads: 16, queued.max.requests: 700')).toEqual({
      restart: ['queued.max.requests'],
      atRunTime: ['num.io.threads'],
    });
  });

  test('needs a restart where a pool has a value of its own, which no default reaches', () => {
    expect(changes('', '', ', config: { num.io.threads: 16 }')).toEqual({ restart: ['num.io.threads'], atRunTime: [] });
  });

  test('needs a restart where an option goes, and nothing is set in its place', () => {
    expect(changes('num.recovery.threads.per.data.dir: 7', '').restart).toEqual(['num.recovery.threads.per.data.dir']);
  });

  test('is nothing where only comments differ', () => {
    const after = model('');
    const text = properties(after);
    const due = dueOf(runTimeOptions(after), {
      files: ['server.properties'],
      before: text.replace(/^#.*$/gm, ''),
      after: text,
    });
    expect(due).toEqual({});
  });
});

describe('the reason of a restart', () => {
  const after = model('queued.max.requests: 700, num.io.threads: 16');

  test('names options, never their values, and other files', () => {
    const before = properties(model(''));
    expect(
      dueOf(runTimeOptions(after), { files: ['jvm.options', 'server.properties'], before, after: properties(after) }),
    ).toEqual({
      due: 'queued.max.requests in server.properties, jvm.options changed',
      atRunTime: ['num.io.threads'],
    });
  });

  test('is the file where nobody knows what it was', () => {
    expect(dueOf(runTimeOptions(after), { files: ['server.properties'], after: properties(after) })).toEqual({
      due: 'server.properties changed',
    });
  });

  test('is none where all is changed at run time', () => {
    const before = properties(model('queued.max.requests: 700'));
    expect(dueOf(runTimeOptions(after), { files: ['server.properties'], before, after: properties(after) })).toEqual({
      atRunTime: ['num.io.threads'],
    });
  });
});
