import { ClientPod, CLIENT_FILES } from '../support/kubernetes/client-pod';
import { BROKERS, CONTROLLERS, isReady, LabCluster, zones } from '../support/kubernetes/lab-cluster';
import { LAB, LOAD_PARTITIONS, LOAD_TOPIC, LOAD_USER } from '../support/kubernetes/lab-environment';
import { measured, say } from '../support/kubernetes/progress';
import { kubernetesSettings } from '../support/kubernetes/settings';
import type { Manifest } from '../support/manifests';

const QUORUM = 'org.apache.kafka.tools.MetadataQuorumCommand';
const TOPICS = 'org.apache.kafka.tools.TopicCommand';
const CONFIGS = 'org.apache.kafka.server.config.ConfigCommand';

describe('an environment with a StatefulSet a zone', () => {
  let cluster: LabCluster;
  let client: ClientPod;
  let applied: string[];

  beforeAll(async () => {
    const { toolsImage } = kubernetesSettings();
    cluster = await LabCluster.create({ theme: 'formation', zones: await zones(), toolsImage });
    await cluster.render();
    say('applying');
    applied = await cluster.apply();
    measured('formation', { secondsToReady: await cluster.untilReady() });
    client = await ClientPod.start(cluster.namespace);
  }, 900_000);

  afterAll(() => cluster?.remove(), 300_000);

  test('forms of three controllers and three brokers, a pod each in every zone', async () => {
    const [controllers, brokers] = await Promise.all([cluster.nodes(CONTROLLERS), cluster.nodes(BROKERS)]);
    expect([controllers.filter(isReady).length, brokers.filter(isReady).length]).toEqual([3, 3]);
    for (const pods of [controllers, brokers]) {
      expect(new Set(pods.map(({ spec }) => spec.nodeName)).size).toBe(3);
    }
    const status = await client.admin(QUORUM, ['describe', '--status']);
    const [lock] = cluster.rendered('ConfigMap').flatMap(({ data }) => data?.['cluster-id'] ?? []);
    expect(status).toContain(`ClusterId:              ${String(lock).trim()}`);
    const voters = [...status.match(/CurrentVoters:(.*)/)![1]!.matchAll(/"id": (\d+)/g)].map(([, id]) => Number(id));
    const ids = controllers.map(({ metadata }) => Number(/\d+$/.exec(metadata.name)![0]));
    expect(voters.sort((a, b) => a - b)).toEqual(ids.sort((a, b) => a - b));
  }, 120_000);

  test('fits a namespace that enforces the restricted standard: nothing is refused and nothing warned of', async () => {
    expect(applied.filter((line) => /warning|would violate/i.test(line))).toEqual([]);
    expect(await cluster.namespace.refusedPods()).toEqual([]);
    const restarts = (await cluster.nodes()).map(({ status }) => status.containerStatuses[0].restartCount as number);
    expect(restarts).toEqual([0, 0, 0, 0, 0, 0]);
  }, 60_000);

  test('has its topics and users, made by the Job', async () => {
    const log = await cluster.reconciled();
    expect(log).toContain(LOAD_TOPIC);
    const described = await client.admin(TOPICS, ['--describe', '--topic', LOAD_TOPIC]);
    const inSync = [...described.matchAll(/Isr: ([\d,]+)/g)].map(([, ids]) => ids!.split(',').length);
    expect(inSync).toEqual(Array<number>(LOAD_PARTITIONS).fill(3));
    expect(described).toContain('min.insync.replicas=2');
    const users = await client
      .admin(`kafka.admin.ConfigCommand`, ['--describe', '--entity-type', 'users'])
      .catch(() => client.admin(CONFIGS, ['--describe', '--entity-type', 'users']));
    expect(users).toContain(`'${LOAD_USER}'`);
  }, 600_000);

  test('makes no second Job and restarts nothing when it is applied again', async () => {
    const before = await fingerprint(cluster);
    await cluster.render();
    const lines = await cluster.apply();
    // kubectl says "configured" of what it sends a patch for, also where the patch changes nothing: the generation says it.
    expect(lines.filter((line) => line.endsWith(' created'))).toEqual([]);
    expect(await fingerprint(cluster)).toEqual(before);
    expect(await cluster.namespace.list('jobs')).toHaveLength(cluster.rendered('Job').length);
  }, 120_000);

  test('recorded as formed restarts nothing', async () => {
    const before = await fingerprint(cluster);
    await cluster.render({ formed: true });
    const changed = (await cluster.apply()).filter((line) => /^configmap.* configured$/.test(line));
    expect(changed.length).toBeGreaterThan(0);
    for (const line of changed) expect(line).toMatch(/^configmap\/lab-controllers-/);
    expect(await fingerprint(cluster)).toEqual(before);
  }, 120_000);

  test('has a pod Ready soon after its Kafka serves, beside what a bare Kafka takes', async () => {
    const [{ metadata }] = (await cluster.nodes(BROKERS)) as [Manifest];
    say(`deleting ${metadata.name}`);
    await cluster.namespace.run(['delete', 'pod', metadata.name]);
    await cluster.untilReady();
    const figures = await startOf(cluster, metadata.name as string);
    measured('pod start', figures);
    expect(figures.secondsToReady).toBeGreaterThanOrEqual(figures.secondsOfKafka);
  }, 600_000);

  describe('a client in another pod', () => {
    const produce = (file: string): string =>
      `echo hello | ${client.tool('org.apache.kafka.tools.ConsoleProducer', ['--bootstrap-server', client.bootstrap, '--topic', LOAD_TOPIC, '--command-config', file])} 2>&1; echo`;
    const consume = (file: string): string =>
      `${client.tool('org.apache.kafka.tools.consumer.ConsoleConsumer', ['--bootstrap-server', client.bootstrap, '--topic', LOAD_TOPIC, '--from-beginning', '--group', `${LOAD_USER}-1`, '--max-messages', '1', '--timeout-ms', '60000', '--command-config', file])} 2>&1; echo`;

    test('produces and consumes with its name and password, encrypted', async () => {
      expect(await client.shell(produce(CLIENT_FILES.user))).not.toMatch(/ERROR|Exception/);
      expect(await client.shell(consume(CLIENT_FILES.user))).toContain('hello\n');
    }, 180_000);

    test('fails without credentials', async () => {
      const said = await client.shell(produce(CLIENT_FILES.nobody));
      expect(said).toMatch(/Exception|disconnected|not present in metadata/);
      expect(await written(client)).toBe(1);
    }, 180_000);

    test('fails with a wrong password, by name', async () => {
      expect(await client.shell(produce(CLIENT_FILES.wrong))).toMatch(
        /SaslAuthenticationException|Authentication failed/,
      );
      expect(await client.shell(consume(CLIENT_FILES.wrong))).toMatch(
        /SaslAuthenticationException|Authentication failed/,
      );
      expect(await written(client)).toBe(1);
    }, 240_000);

    test('fails where it has no rights', async () => {
      const other = client.tool('org.apache.kafka.tools.ConsoleProducer', [
        '--bootstrap-server',
        client.bootstrap,
        '--topic',
        'of-others',
        '--command-config',
        CLIENT_FILES.user,
      ]);
      expect(await client.shell(`echo hello | ${other} 2>&1; echo`)).toContain('TOPIC_AUTHORIZATION_FAILED');
    }, 120_000);
  });
});

/** From the start of the container: when Kafka served, less what the scripts took before it began; and when the pod was Ready. */
async function startOf(
  { namespace }: LabCluster,
  name: string,
): Promise<{ secondsOfScripts: number; secondsOfKafka: number; secondsToReady: number }> {
  const pod = (await namespace.list('pods')).find(({ metadata }) => metadata.name === name)!;
  const seconds = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 100) / 10;
  const container = pod.status.containerStatuses.find((each: Manifest) => each.name === 'kafka');
  const log = (await namespace.run(['logs', name, '-c', 'kafka', '--timestamps'])).split('\n');
  const said = (words: RegExp): string => log.find((line) => words.test(line))!.split(' ')[0]!;
  const [began, serves] = [said(/ INFO /), said(/ Kafka Server started /)];
  const startedAt = container.state.running.startedAt as string;
  const ready = pod.status.conditions.find(({ type }: { type: string }) => type === 'Ready').lastTransitionTime;
  return {
    secondsOfScripts: seconds(startedAt, began),
    secondsOfKafka: seconds(began, serves),
    secondsToReady: seconds(startedAt, ready as string),
  };
}

/** What a restart or another object would change. */
async function fingerprint(cluster: LabCluster): Promise<unknown> {
  const [pods, jobs, sets] = await Promise.all([
    cluster.nodes(),
    cluster.namespace.list('jobs', `app.kubernetes.io/instance=${LAB}`),
    cluster.namespace.list('statefulsets'),
  ]);
  return {
    pods: pods.map(({ metadata }) => metadata.uid as string),
    jobs: jobs.map(({ metadata }) => metadata.uid as string),
    sets: sets.map(({ metadata }) => `${metadata.name} ${metadata.generation}`),
  };
}

/** How many records lie in the topic. */
async function written(client: ClientPod): Promise<number> {
  const offsets = await client.admin('org.apache.kafka.tools.GetOffsetShell', ['--topic', LOAD_TOPIC]);
  return offsets
    .trim()
    .split('\n')
    .reduce((sum, line) => sum + Number(line.split(':')[2]), 0);
}
