import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientFiles, connectWorkerProperties, type ClientFiles } from '../../lib/core/config';
import { kafkaHome } from '../../lib/local/kafka-home';
import { modelOfFile } from '../support/environments';
import { writeFiles } from '../support/host-nodes';
import { manifestsOfText } from '../support/manifests';

/** Reads files with Kafka's own classes; prints the names that they do not know, and what a placeholder became. */
const CHECK = `
import java.io.FileInputStream;
import java.util.*;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;

class CheckConfig {
  public static void main(String[] arguments) throws Exception {
    for (int i = 0; i < arguments.length; i += 2) check(arguments[i], arguments[i + 1]);
  }

  static void check(String kind, String path) throws Exception {
    Properties file = new Properties();
    try (FileInputStream in = new FileInputStream(path)) { file.load(in); }
    Map<String, String> values = new TreeMap<>();
    for (String name : file.stringPropertyNames()) values.put(name, file.getProperty(name));
    Map<String, Object> all = new HashMap<>(values);
    AbstractConfig config;
    Set<String> known;
    if (kind.equals("producer")) {
      all.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
      all.put("value.serializer", "org.apache.kafka.common.serialization.StringSerializer");
      config = new ProducerConfig(all);
      known = ProducerConfig.configNames();
    } else if (kind.equals("consumer")) {
      all.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
      all.put("value.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
      config = new ConsumerConfig(all);
      known = ConsumerConfig.configNames();
    } else {
      DistributedConfig worker = new DistributedConfig(values);
      config = worker;
      known = new HashSet<>(worker.values().keySet());
    }
    for (String name : values.keySet()) {
      String own = name.replaceFirst("^(producer|consumer|admin)\\\\.", "");
      boolean nested = !own.equals(name) && (ProducerConfig.configNames().contains(own) || ConsumerConfig.configNames().contains(own));
      if (!known.contains(name) && !nested && !name.startsWith("config.providers")) System.out.println(kind + " unknown " + name);
    }
    Object login = config.values().get("sasl.jaas.config");
    if (login != null) System.out.println(kind + " login " + ((Password) login).value());
    for (String name : List.of("transactional.id", "client.rack"))
      if (config.values().get(name) != null && !config.values().get(name).equals("")) System.out.println(kind + " " + name + " " + config.values().get(name));
  }
}
`;

describe("Kafka's own classes", () => {
  let root: string;
  let home: string;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'client config-'));
    home = (await kafkaHome({ version: modelOfFile('dc1').kafka.patch, metrics: false, progress: () => {} })).path;
  }, 600_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** What the classes say of each file. */
  function check(files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): string[] {
    writeFileSync(join(root, 'CheckConfig.java'), CHECK);
    const output = execFileSync(
      'java',
      ['-cp', join(home, 'libs/*'), join(root, 'CheckConfig.java'), ...Object.entries(files).flat()],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
    );
    return output.split('\n').filter((line) => /^(producer|consumer|worker) /.test(line));
  }
  const login = (user: string): string =>
    `org.apache.kafka.common.security.scram.ScramLoginModule required username="${user}" password="of ${user}";`;

  test('accept the files of clients and workers, know every option, and read the password from its file', () => {
    const model = modelOfFile('dc1');
    const files: ClientFiles = { secretsDir: join(root, 'secrets'), truststore: join(root, 'ca.crt') };
    for (const name of ['checkout', 'billing', 'dc1-connect']) {
      mkdirSync(join(files.secretsDir, name), { recursive: true });
      writeFileSync(join(files.secretsDir, name, 'password'), `of ${name}`);
    }
    for (const principal of model.principals) writeFiles(root, clientFiles(model, principal, '127.0.0.1:9092', files));
    const worker = { bootstrapServers: '127.0.0.1:9092', advertisedHost: '127.0.0.1', restPort: 8083, files };
    writeFileSync(join(root, 'worker.properties'), connectWorkerProperties(model, worker));
    const lines = check({
      producer: join(root, 'checkout/producer.properties'),
      consumer: join(root, 'billing/consumer.properties'),
      worker: join(root, 'worker.properties'),
    });
    expect(lines).toEqual([
      `producer login ${login('checkout')}`,
      `consumer login ${login('billing')}`,
      'consumer client.rack r2',
      `worker login ${login('dc1-connect')}`,
    ]);
  }, 120_000);

  test('accept the files of applications in pods, and complete them from what is mounted there and from the pod', () => {
    const image = `registry.example/app@sha256:${'a'.repeat(64)}`;
    const manifests = manifestsOfText({
      version: '1.35',
      settings: 'rackSource: pod-zone-label',
      more: `topics: { orders: { partitions: 12 }, invoices: { partitions: 3 } }
principals:
  app: { listener: internal, consume: { topics: [orders], groups: [app] }, produce: { topics: [invoices], transactionalIds: [app-*] } }
applications:
  moves: { image: '${image}', principal: app, deliveryGuarantee: exactly-once, consume: { topics: [orders], group: app }, produce: { topics: [invoices], transactionalIdPrefix: app- } }
`,
    });
    const pod = join(root, 'pod');
    writeFiles(join(pod, 'secrets'), [{ path: 'app/password', content: 'of app' }]);
    writeFiles(join(pod, 'tls'), [{ path: 'ca.crt', content: '' }]);
    const { data } = manifests.get('ConfigMap', 'small-app-moves-config');
    const file = (path: string): string => {
      writeFiles(pod, [{ path, content: data[path].replaceAll('/etc/kafka-client', pod) }]);
      return join(pod, path);
    };
    const lines = check(
      { producer: file('producer.properties'), consumer: file('consumer.properties') },
      { POD_NAME: 'pod-2', KAFKA_CLIENT_RACK: 'zone-b' },
    );
    expect(lines).toEqual([
      `producer login ${login('app')}`,
      'producer transactional.id app-pod-2',
      `consumer login ${login('app')}`,
      'consumer client.rack zone-b',
    ]);
  }, 120_000);
});
