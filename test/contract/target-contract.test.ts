import { parse as parseYaml } from 'yaml';
import { renderTarget } from '../../lib/cli/renderers';
import type { FileArtifact } from '../../lib/core/artifact';
import { bootstrapServers } from '../../lib/core/config';
import type { EnvironmentModel } from '../../lib/core/model';
import type { TargetName } from '../../lib/core/spec';
import { modelOfText } from '../support/environments';

/** One environment for every target; only what cannot be neutral stands below `targets`. */
const ENVIRONMENT = `name: contract
target: hosts
kafka: { version: '4.1', config: { num.replica.fetchers: 4, replica.lag.time.max.ms: 20000 } }
nodePools:
  controllers: { roles: [controller], replicas: 3, volumes: [{ size: 20GiB }] }
  brokers: { roles: [broker], replicas: 3, volumes: [{ size: 100GiB }] }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
listeners:
  internal: { authentication: scram-sha-512 }
  vendors: { authentication: mtls }
topics:
  orders: { partitions: 6, retention: { time: 3d } }
aws: { account: '111122223333', region: eu-west-1 }
targets:
  msk: { instanceType: kafka.m7g.large, override: { nodePools: { controllers: null }, listeners: { vendors: null } } }
  ec2: { packages: s3://webshop-packages/kafka }
  kubernetes: { version: '1.34', namespace: kafka, images: { kafka: 'registry.example.com/kafka:4.1.1' }, listeners: { vendors: { expose: load-balancer, host: 'b{id}.vendors.example', bootstrapHost: vendors.example } } }
  local: { override: { listeners: { internal: { authentication: none }, vendors: { authentication: none } } } }
  hosts:
    inventory:
      c1: { address: c1.example, nodePool: controllers, nodeId: 0, rack: eu-west-1a, logDirs: [/data/1/kafka] }
      c2: { address: c2.example, nodePool: controllers, nodeId: 1, rack: eu-west-1b, logDirs: [/data/1/kafka] }
      c3: { address: c3.example, nodePool: controllers, nodeId: 2, rack: eu-west-1c, logDirs: [/data/1/kafka] }
      b1: { address: b1.example, nodePool: brokers, nodeId: 100, rack: eu-west-1a, logDirs: [/data/1/kafka] }
      b2: { address: b2.example, nodePool: brokers, nodeId: 101, rack: eu-west-1b, logDirs: [/data/1/kafka] }
      b3: { address: b3.example, nodePool: brokers, nodeId: 102, rack: eu-west-1c, logDirs: [/data/1/kafka] }
`;

type Properties = ReadonlyMap<string, string>;

/** The properties of every node, found in what the target would really deploy. */
function nodeProperties(files: readonly FileArtifact[]): Properties[] {
  return files.flatMap(({ path, content }) => {
    if (path.endsWith('server.properties')) return [toMap(content)];
    if (!path.includes('configmap')) return [];
    const { data } = parseYaml(content) as { data: Record<string, string> };
    return Object.entries(data).flatMap(([key, text]) => (/^server-\d+\.properties$/.test(key) ? [toMap(text)] : []));
  });
}

function toMap(text: string): Properties {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

const SELF_MANAGED: TargetName[] = ['local', 'hosts', 'ec2', 'kubernetes'];

describe.each(SELF_MANAGED)('on %s', (target) => {
  let model: EnvironmentModel;
  let nodes: Properties[];

  beforeAll(() => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    model = modelOfText(ENVIRONMENT, { target });
    nodes = nodeProperties(renderTarget(model));
  });

  test('there are the nodes that were asked for, each with an id of its own', () => {
    expect(nodes.map((node) => node.get('process.roles')).sort()).toEqual([
      'broker',
      'broker',
      'broker',
      'controller',
      'controller',
      'controller',
    ]);
    expect(new Set(nodes.map((node) => node.get('node.id'))).size).toBe(6);
  });

  test('brokers serve the listener that was asked for, beside the one for replication', () => {
    for (const node of nodes.filter((candidate) => candidate.get('process.roles') === 'broker')) {
      expect(
        node
          .get('listeners')
          ?.split(',')
          .map((listener) => listener.split(':')[0]),
      ).toEqual(['INTERNAL', 'VENDORS', 'REPLICATION']);
      expect(node.get('inter.broker.listener.name')).toBe('REPLICATION');
    }
  });

  test('the protocol of each listener is the same on every node', () => {
    const [map, ...others] = new Set(nodes.map((node) => node.get('listener.security.protocol.map')));
    expect(others).toEqual([]);
    expect(map).toBe(
      target === 'local'
        ? 'INTERNAL:PLAINTEXT,VENDORS:PLAINTEXT,REPLICATION:PLAINTEXT,CONTROLLER:PLAINTEXT'
        : 'INTERNAL:SASL_SSL,VENDORS:SSL,REPLICATION:SSL,CONTROLLER:SSL',
    );
  });

  test('clients outside reach each broker of the listener for them at an address of its own, and begin at one that stays', () => {
    const advertised = nodes
      .filter((node) => node.get('process.roles') === 'broker')
      .map((node) => /VENDORS:\/\/([^,]+)/.exec(node.get('advertised.listeners')!)![1]!);
    expect(new Set(advertised).size).toBe(3);
    if (target !== 'kubernetes') {
      expect(bootstrapServers(model, 'vendors').split(',').sort()).toEqual(advertised.sort());
      return;
    }
    const brokers = model.nodes.filter(({ roles }) => roles.includes('broker'));
    expect(advertised.sort()).toEqual(brokers.map(({ id }) => `b${id}.vendors.example:9094`).sort());
    expect(bootstrapServers(model, 'vendors')).toBe('vendors.example:9094');
  });

  test('the options of the environment and the defaults of the kit reach every node', () => {
    for (const node of nodes) {
      expect(node.get('num.replica.fetchers')).toBe('4');
      expect(node.get('replica.lag.time.max.ms')).toBe('20000');
      expect(node.get('min.insync.replicas')).toBe('2');
      expect(node.get('auto.create.topics.enable')).toBe('false');
    }
  });

  test('every broker is in a rack, and the racks are all used', () => {
    const racks = nodes.filter((node) => node.get('process.roles') === 'broker').map((node) => node.get('broker.rack'));
    expect(racks.sort()).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  });

  test('every node asks the same three controllers for the quorum', () => {
    const lists = new Set(nodes.map((node) => node.get('controller.quorum.bootstrap.servers')));
    expect(lists.size).toBe(1);
    expect([...lists][0]?.split(',')).toHaveLength(3);
  });

  test('certificates are by path and no secret is written out', () => {
    for (const node of nodes) {
      expect([...node.entries()].filter(([key, value]) => /password|secret/i.test(key) && value !== '')).toEqual([]);
      if (target !== 'local') expect(node.get('ssl.keystore.location')).toMatch(/^\//);
    }
  });
});

describe('on msk', () => {
  test('the same options, brokers, zones and topics go into the template', () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const [file] = renderTarget(modelOfText(ENVIRONMENT, { target: 'msk' }));
    const { Resources } = JSON.parse(file!.content) as {
      Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    };
    const only = (type: string): Record<string, unknown> => {
      const found = Object.values(Resources).filter(({ Type }) => Type === type);
      expect(found).toHaveLength(1);
      return found[0]!.Properties;
    };
    expect(only('AWS::MSK::Cluster')).toMatchObject({
      NumberOfBrokerNodes: 3,
      ClientAuthentication: { Sasl: { Scram: { Enabled: true } } },
    });
    expect(String(only('AWS::MSK::Configuration').ServerProperties)).toContain('num.replica.fetchers=4');
    expect(only('AWS::MSK::Topic')).toMatchObject({ TopicName: 'orders', PartitionCount: 6, ReplicationFactor: 3 });
    expect(
      Object.values(Resources)
        .filter(({ Type }) => Type === 'AWS::EC2::Subnet')
        .map(({ Properties }) => Properties.AvailabilityZone),
    ).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  });
});
