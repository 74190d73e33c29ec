import { ClientPod } from '../support/kubernetes/client-pod';
import { within } from '../support/kubernetes/kubectl';
import { isReady, LabCluster, PASSWORD } from '../support/kubernetes/lab-cluster';
import { LAB, LOAD_TOPIC, LOAD_USER } from '../support/kubernetes/lab-environment';
import { measured, say } from '../support/kubernetes/progress';
import { kubernetesSettings } from '../support/kubernetes/settings';

const WORKERS = 'app.kubernetes.io/name=kafka-connect';
const CONNECT = `connect:
  replicas: 2
  memory: 768MiB
  connectors:
    lines-in:
      class: org.apache.kafka.connect.file.FileStreamSourceConnector
      principal: ${LOAD_USER}
      config: { file: /tmp/in.txt, topic: ${LOAD_TOPIC}, value.converter: org.apache.kafka.connect.storage.StringConverter }
    lines-out:
      class: org.apache.kafka.connect.file.FileStreamSinkConnector
      principal: drain
      config: { file: /tmp/out.txt, topics: ${LOAD_TOPIC}, value.converter: org.apache.kafka.connect.storage.StringConverter }
`;
const DRAIN = `  drain: { listener: internal, consume: { topics: [${LOAD_TOPIC}], groups: [connect-lines-out] } }
`;

describe('Kafka Connect', () => {
  let cluster: LabCluster;
  let client: ClientPod;

  beforeAll(async () => {
    const { toolsImage } = kubernetesSettings();
    cluster = await LabCluster.create({
      theme: 'connect',
      toolsImage,
      controllers: 1,
      brokers: 1,
      principals: DRAIN,
      more: CONNECT,
      passwords: { [`${LAB}-user-drain`]: PASSWORD, [`${LAB}-connect-user`]: PASSWORD },
    });
    await cluster.form();
    client = await ClientPod.start(cluster.namespace);
  }, 1_200_000);

  afterAll(() => cluster?.remove(), 300_000);

  test('has two workers that are Ready, and connectors made by the Job', async () => {
    const began = Date.now();
    await cluster.reconciled(600);
    await within(300, async () => {
      const workers = await cluster.namespace.list('pods', WORKERS);
      if (workers.filter(isReady).length !== 2) throw new Error('the workers are not Ready');
    });
    measured('Connect', { secondsToConnectors: Math.round((Date.now() - began) / 1000) });
    const names = JSON.parse(await rest(client, '/connectors')) as string[];
    expect(names.sort()).toEqual(['lines-in', 'lines-out']);
    await within(120, async () => {
      for (const name of names) {
        const status = JSON.parse(await rest(client, `/connectors/${name}/status`)) as Status;
        expect([status.connector.state, ...status.tasks.map(({ state }) => state)]).toEqual(['RUNNING', 'RUNNING']);
      }
    });
    expect(await cluster.namespace.refusedPods()).toEqual([]);
  }, 1_000_000);

  test('copies lines from a file through a topic into a file', async () => {
    const workers = (await cluster.namespace.list('pods', WORKERS)).map(({ metadata }) => metadata.name as string);
    say('writing a thousand lines on each worker');
    for (const worker of workers) {
      await cluster.namespace.shell(worker, `for i in {1..1000}; do echo "line $i"; done > /tmp/in.txt`);
    }
    await within(180, async () => {
      const counts = await Promise.all(
        workers.map((worker) => cluster.namespace.shell(worker, 'cat /tmp/out.txt 2>/dev/null | sort -u | wc -l')),
      );
      expect(Math.max(...counts.map(Number))).toBe(1000);
    });
  }, 300_000);

  test('goes on after a worker is deleted', async () => {
    const [worker] = (await cluster.namespace.list('pods', WORKERS)).map(({ metadata }) => metadata.name as string);
    await cluster.namespace.run(['delete', 'pod', worker!], 200);
    await within(300, async () => {
      for (const name of ['lines-in', 'lines-out']) {
        const status = JSON.parse(await rest(client, `/connectors/${name}/status`)) as Status;
        expect([status.connector.state, ...status.tasks.map(({ state }) => state)]).toEqual(['RUNNING', 'RUNNING']);
      }
    });
  }, 600_000);
});

interface Status {
  readonly connector: { readonly state: string };
  readonly tasks: readonly { readonly state: string }[];
}

/** Asks the REST interface from another pod, with nothing but bash. */
async function rest(client: ClientPod, path: string): Promise<string> {
  const host = `${LAB}-connect.${client.namespace.name}.svc.cluster.local`;
  const answer = await client.shell(
    `exec 3<>/dev/tcp/${host}/8083; printf 'GET ${path} HTTP/1.0\\r\\nHost: ${host}\\r\\n\\r\\n' >&3; cat <&3`,
    30,
  );
  return answer.slice(answer.indexOf('\r\n\r\n') + 4);
}
