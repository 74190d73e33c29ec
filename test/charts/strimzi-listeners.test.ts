import { parse } from 'yaml';
import { renderStrimzi } from '../../charts/strimzi';
import { serverProperties } from '../../lib/core/config';
import { codes, modelOfFile, modelOfText } from '../support/environments';
import { kubernetesText, type KubernetesText, type Manifest } from '../support/manifests';

const SAFETY =
  /^(default\.replication|min\.insync|unclean|auto\.create|offsets\.topic|transaction\.state|share\.coord)/;

function kafkaOf(text: KubernetesText): Manifest {
  const { files, issues } = renderStrimzi(modelOfText(kubernetesText(text)));
  expect(issues.filter(({ level }) => level === 'error')).toEqual([]);
  return parse(files.find(({ path }) => path.startsWith('30-'))!.content) as Manifest;
}

describe('the listeners of Strimzi', () => {
  test('advertise the addresses that the plain manifests advertise', () => {
    const model = modelOfText(
      kubernetesText({
        settings:
          "listeners: { internal: { expose: load-balancer, host: 'b{id}.kafka.example', bootstrapHost: kafka.example } }",
      }),
    );
    const { files } = renderStrimzi(model);
    const [listener] = (parse(files.find(({ path }) => path.startsWith('30-'))!.content) as Manifest).spec.kafka
      .listeners;
    expect(listener).toMatchObject({ type: 'loadbalancer', configuration: { externalTrafficPolicy: 'Local' } });
    for (const node of model.nodes.filter(({ roles }) => roles.includes('broker'))) {
      const { advertisedHost } = listener.configuration.brokers.find(({ broker }: Manifest) => broker === node.id);
      const plain = serverProperties(model, node, { keystore: '', truststore: '' });
      expect(plain).toContain(`INTERNAL://${advertisedHost}:9092`);
    }
  });

  test('let in the clients that the network policies of the plain manifests let in', () => {
    const [inside] = kafkaOf({}).spec.kafka.listeners;
    expect(inside.networkPolicyPeers).toEqual([
      { namespaceSelector: {}, podSelector: { matchLabels: { 'kafka-deployment-kit/client': 'small' } } },
    ]);
  });

  test('fail by TLSRoute where Strimzi has none', () => {
    const text = kubernetesText({
      settings:
        "strimzi: { version: '1.0' }, listeners: { internal: { expose: tls-route, host: 'b{id}.example', bootstrapHost: kafka.example, gateway: { name: edge } } }",
    }).replace("'4.3'", "'4.2'");
    const { files, issues } = renderStrimzi(modelOfText(text));
    expect(files).toEqual([]);
    expect(codes(issues)).toEqual(['STRIMZI-ROUTE targets.kubernetes.listeners.internal.expose']);
  });
});

describe('the options of the nodes', () => {
  test('are those of the plain manifests, node by node, but for what the operator writes itself', () => {
    const model = modelOfFile('staging');
    const { files } = renderStrimzi(model);
    const config = (parse(files.find(({ path }) => path.startsWith('30-'))!.content) as Manifest).spec.kafka
      .config as Record<string, string>;
    for (const node of model.nodes) {
      const plain = new Map(
        serverProperties(model, node, { keystore: '', truststore: '' })
          .split('\n')
          .filter((line) => line !== '' && !line.startsWith('#'))
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      );
      for (const [name, value] of Object.entries(config)) expect([name, plain.get(name)]).toEqual([name, value]);
      const missing = [...plain.keys()].filter((name) => config[name] === undefined);
      expect(missing.filter((name) => SAFETY.test(name))).toEqual([]);
      // Identity, listeners, security and the dynamic quorum: Strimzi's own.
      expect(missing.filter((name) => !OWN.test(name))).toEqual([]);
    }
  });
});

const OWN =
  /^(node\.id|process\.roles|broker\.rack|controller\.|listeners?$|listener\.|advertised\.|inter\.broker\.|ssl\.|authorizer\.|super\.users|allow\.everyone|log\.dirs|config\.providers)/;
