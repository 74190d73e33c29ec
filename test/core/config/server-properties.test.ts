import { serverProperties } from '../../../lib/core/config';
import type { EnvironmentModel } from '../../../lib/core/model';
import { MINIMAL, modelOfFile, modelOfText } from '../../support/environments';

const FILES = { keystore: '/etc/kafka/tls/node.pem', truststore: '/etc/kafka/tls/ca.crt' };

/** The entries of a node's file, in their order; these values need no unescaping but for colons and equals signs. */
function entries(model: EnvironmentModel, name: string): Map<string, string> {
  const node = model.nodes.find((candidate) => candidate.name === name)!;
  const lines = serverProperties(model, node, FILES).split('\n');
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
  );
}

/** dc1 with other listeners or options. */
function hosts(sections: string): EnvironmentModel {
  return modelOfText(`
name: edge
target: hosts
kafka: { version: '4.3', config: { num.network.threads: 5, min.insync.replicas: 2 } }
nodePools:
  controllers: { roles: [controller], replicas: 1 }
  brokers: { roles: [broker], replicas: 3, config: { num.network.threads: 7 } }
${sections}
targets:
  hosts:
    inventory:
      c1: { address: c1.example, nodePool: controllers, nodeId: 0, logDirs: [/data/kafka] }
      b1: { address: b1.example, nodePool: brokers, nodeId: 100, logDirs: [/data/kafka] }
      b2: { address: b2.example, nodePool: brokers, nodeId: 101, logDirs: [/data/kafka] }
      b3: { address: b3.example, nodePool: brokers, nodeId: 102, logDirs: [/data/kafka] }
`);
}

describe('server.properties', () => {
  test('a broker: what it is, whom it asks, what it listens on, whom it trusts and where it stores, in this order', () => {
    const dc1 = modelOfFile('dc1');
    const broker = entries(dc1, 'b1');
    const names = [...broker.keys()];
    expect(names.slice(0, names.indexOf('log.dirs') + 1)).toEqual([
      ...['node.id', 'process.roles', 'broker.rack'],
      ...['controller.quorum.bootstrap.servers', 'controller.listener.names'],
      ...['listeners', 'advertised.listeners', 'listener.security.protocol.map', 'inter.broker.listener.name'],
      ...['ssl.keystore.type', 'ssl.keystore.location', 'ssl.truststore.type', 'ssl.truststore.location'],
      'ssl.principal.mapping.rules',
      'listener.name.internal.sasl.enabled.mechanisms',
      'listener.name.internal.scram-sha-512.sasl.jaas.config',
      'listener.name.replication.ssl.client.auth',
      ...['authorizer.class.name', 'super.users', 'allow.everyone.if.no.acl.found'],
      'log.dirs',
    ]);
    expect(Object.fromEntries(broker)).toMatchObject({
      'node.id': '101',
      'process.roles': 'broker',
      'broker.rack': 'r1',
      'controller.quorum.bootstrap.servers': 'c1.dc1.example:9093,c2.dc1.example:9093,c3.dc1.example:9093',
      listeners: 'INTERNAL://:9092,REPLICATION://:9091',
      'advertised.listeners': 'INTERNAL://b1.dc1.example:9092,REPLICATION://b1.dc1.example:9091',
      'listener.security.protocol.map': 'INTERNAL:SASL_SSL,REPLICATION:SSL,CONTROLLER:SSL',
      'inter.broker.listener.name': 'REPLICATION',
      'listener.name.replication.ssl.client.auth': 'required',
      'super.users': 'User:node:dc1;User:admin:dc1',
      'log.dirs': '/data/1/kafka,/data/2/kafka',
    });
    const options = names.slice(names.indexOf('log.dirs') + 1);
    expect(options).toEqual([...options].sort());
    expect(options).toContain('auto.create.topics.enable');
  });

  test('whoever comes in by an open listener that is being left is a super user, on controllers too', () => {
    const model = hosts(
      'listeners: { plain: { authentication: none, access: unrestricted }, secured: { authentication: mtls, port: 9094 } }',
    );
    for (const { name } of model.nodes)
      expect(entries(model, name).get('super.users')).toBe('User:node:edge;User:admin:edge;User:ANONYMOUS');
  });

  test('a controller has the listener of the quorum only, and advertises it rather than what the machine calls itself', () => {
    const controller = entries(modelOfFile('dc1'), 'c1');
    expect(controller.get('listeners')).toBe('CONTROLLER://:9093');
    expect(controller.get('advertised.listeners')).toBe('CONTROLLER://c1.dc1.example:9093');
    expect(controller.get('listener.name.controller.ssl.client.auth')).toBe('required');
    expect(controller.has('broker.rack')).toBe(false);
    expect([...controller.keys()].filter((name) => name.includes('scram'))).toEqual([]);
  });

  test('controllers have the authorizer and the topic defaults of the cluster as brokers have', () => {
    const dc1 = modelOfFile('dc1');
    for (const name of ['authorizer.class.name', 'super.users', 'min.insync.replicas', 'default.replication.factor']) {
      expect(entries(dc1, 'c1').get(name)).toBeDefined();
      expect(entries(dc1, 'c1').get(name)).toBe(entries(dc1, 'b1').get(name));
    }
  });

  test('only controllers are told to join the quorum by themselves, since Kafka refuses brokers that are', () => {
    const dc1 = modelOfFile('dc1');
    expect(entries(dc1, 'c1').get('controller.quorum.auto.join.enable')).toBe('true');
    expect(entries(dc1, 'b1').has('controller.quorum.auto.join.enable')).toBe(false);
  });

  test('a node pool overrides an option of the cluster for its own nodes', () => {
    const model = hosts('listeners: { internal: { authentication: none } }');
    expect(entries(model, 'b1').get('num.network.threads')).toBe('7');
    expect(entries(model, 'c1').get('num.network.threads')).toBe('5');
  });

  test('without authentication there is no authorizer, and on loopback there are no certificates', () => {
    const local = entries(modelOfText(MINIMAL), 'nodes-0');
    expect(local.get('process.roles')).toBe('broker,controller');
    expect([...local.keys()].filter((name) => /ssl|sasl|authorizer|super/.test(name))).toEqual([]);
    expect(local.get('listeners')).toBe(
      'INTERNAL://127.0.0.1:19092,REPLICATION://127.0.0.1:19095,CONTROLLER://127.0.0.1:19098',
    );
  });

  test('each listener has its own authentication', () => {
    const model = hosts(
      'listeners: { plain: { authentication: none }, certs: { authentication: mtls }, tokens: { authentication: oauthbearer } }',
    );
    const broker = Object.fromEntries(entries(model, 'b1'));
    expect(broker['listener.security.protocol.map']).toBe(
      'PLAIN:SSL,CERTS:SSL,TOKENS:SASL_SSL,REPLICATION:SSL,CONTROLLER:SSL',
    );
    expect(broker).not.toHaveProperty(['listener.name.plain.ssl.client.auth']);
    expect(broker['listener.name.certs.ssl.client.auth']).toBe('required');
    expect(broker['listener.name.tokens.sasl.enabled.mechanisms']).toBe('OAUTHBEARER');
    expect(broker['listener.name.tokens.oauthbearer.sasl.server.callback.handler.class']).toMatch(
      /ValidatorCallbackHandler$/,
    );
  });

  test('the same environment gives the same bytes', () => {
    const [first, second] = [modelOfFile('dc1'), modelOfFile('dc1')].map((model) =>
      model.nodes.map((node) => serverProperties(model, node, FILES)),
    );
    expect(first).toEqual(second);
  });

  test('a new broker changes no file of the other nodes', () => {
    const dc1 = modelOfFile('dc1');
    const fewer = { ...dc1, nodes: dc1.nodes.filter(({ name }) => name !== 'b3') };
    for (const node of fewer.nodes)
      expect(serverProperties(fewer, node, FILES)).toBe(serverProperties(dc1, node, FILES));
  });

  describe('on a laptop with log-ins', () => {
    const laptop = modelOfText(`${MINIMAL.replace('none', 'scram-sha-512')}`);
    const node = laptop.nodes[0]!;
    const text = serverProperties(laptop, node, { ...FILES, secretsDir: '/home/me/.kdk/mini/secrets' });

    test('nodes say who they are with a password that stands in a file, and super users are the same as elsewhere', () => {
      expect(text).toContain(
        'listener.security.protocol.map=INTERNAL:SASL_PLAINTEXT,REPLICATION:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT\n',
      );
      expect(text).toContain('sasl.mechanism.controller.protocol=PLAIN\n');
      expect(text).toContain('config.providers.dir.param.allowed.paths=/home/me/.kdk/mini/secrets\n');
      expect(text).toContain('username="node:mini" password="${dir:/home/me/.kdk/mini/secrets/.nodes:password}"');
      expect(text).toContain('super.users=User:node:mini;User:admin:mini\n');
    });

    test('the administrator has a password where brokers serve, and none at the quorum', () => {
      const [replication, controller] = ['replication', 'controller'].map(
        (name) => new RegExp(`^listener\\.name\\.${name}\\.plain\\.sasl\\.jaas\\.config=(.*)$`, 'm').exec(text)![1]!,
      );
      expect(replication).toContain('"user_admin:mini"="${dir:/home/me/.kdk/mini/secrets/.admin:password}";');
      expect(controller).not.toContain('admin');
    });

    test('a laptop without log-ins has no passwords', () => {
      const plain = modelOfText(MINIMAL);
      expect(serverProperties(plain, plain.nodes[0]!, { ...FILES, secretsDir: '/x' })).not.toContain('sasl');
    });
  });
});
