import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientPod } from '../support/kubernetes/client-pod';
import { pause } from '../support/kubernetes/kubectl';
import { BROKERS, CONTROLLERS, LabCluster, PASSWORD, zones } from '../support/kubernetes/lab-cluster';
import { LAB, LOAD_TOPIC } from '../support/kubernetes/lab-environment';
import { Load } from '../support/kubernetes/load';
import { PodWatch } from '../support/kubernetes/pod-watch';
import { measured, say } from '../support/kubernetes/progress';
import { quorumOf } from '../support/kubernetes/quorum';
import { tooEarly, untilInSync } from '../support/kubernetes/rolling-restart';
import { Sampler } from '../support/kubernetes/samples';
import { kubernetesSettings, runCommand } from '../support/kubernetes/settings';
import { nodeAddresses } from '../support/kubernetes/worker-nodes';
import { REPOSITORY } from '../support/kdk';

const TOPICS = 'org.apache.kafka.tools.TopicCommand';

describe('a StatefulSet a zone, with a listener for clients outside', () => {
  let cluster: LabCluster;
  let client: ClientPod;
  let addresses: string[];
  let settings: string;

  beforeAll(async () => {
    const { toolsImage } = kubernetesSettings();
    addresses = await nodeAddresses();
    settings = `listeners: { vendors: { expose: node-port, host: '{nodeIp}', firstNodePort: 30000, bootstrapNodePort: 30099, nodeAddresses: [${addresses.join(', ')}] } }`;
    cluster = await LabCluster.create({
      theme: 'zones',
      zones: await zones(),
      toolsImage,
      addresses,
      settings,
      listeners: 'vendors: { authentication: scram-sha-512 }',
      topics: '  offers: { partitions: 6 }\n',
      principals:
        '  acme: { listener: vendors, produce: { topics: [offers] }, consume: { topics: [offers], groups: [acme] } }\n',
      passwords: { [`${LAB}-user-acme`]: PASSWORD },
    });
    await cluster.form();
    await cluster.reconciled();
    await cluster.render({ formed: true });
    await cluster.apply();
    client = await ClientPod.start(cluster.namespace);
  }, 1_200_000);

  afterAll(() => cluster?.remove(), 300_000);

  test('serves a client outside, each broker at the address of its node', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kdk-outside-'));
    try {
      const { data } = await cluster.namespace.json(['get', 'secret', `${LAB}-tls`]);
      writeFileSync(join(folder, 'ca.crt'), Buffer.from(data['ca.crt'] as string, 'base64'));
      const properties = [
        'security.protocol=SASL_SSL',
        'sasl.mechanism=SCRAM-SHA-512',
        `sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="acme" password="${PASSWORD}";`,
        'ssl.truststore.type=PEM',
        `ssl.truststore.location=${join(folder, 'ca.crt')}`,
      ];
      writeFileSync(join(folder, 'acme.properties'), `${properties.join('\n')}\n`);
      const script = join(REPOSITORY, 'test/support/kubernetes/outside-client.mjs');
      const bootstrap = addresses.map((address) => `${address}:30099`).join(',');
      const arguments_ = [join(REPOSITORY, 'dist'), join(folder, 'acme.properties'), bootstrap];
      const said = runCommand(kubernetesSettings().outside, {
        command: `${process.execPath} ${script} ${arguments_.join(' ')} offers 3000`,
      });
      const outcome = JSON.parse(said) as { written: number; ok: boolean; missing: number; brokers: string[] };
      measured('client outside', { written: outcome.written, brokers: outcome.brokers.join(' ') });
      expect(outcome).toMatchObject({ written: 3000, ok: true, missing: 0 });
      const brokers = await cluster.nodes(BROKERS);
      const expected = brokers.map(({ metadata, status }) => {
        const id = Number(/\d+$/.exec(metadata.name as string)![0]);
        return `${status.hostIP}:${30000 + id}`;
      });
      expect(outcome.brokers.sort()).toEqual(expected.sort());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 300_000);

  test('restarts nothing by an apply, and all pods one by one by roll.sh, under load', async () => {
    const uids = async (): Promise<string[]> =>
      (await cluster.nodes()).map(({ metadata }) => metadata.uid as string).sort();
    const before = await uids();
    const runbook = await cluster.renderChange({ settings: `${settings}, certificateHash: ${'a1'.repeat(32)}` });
    await runbook.run('kubectl apply -f "$MANIFESTS"');
    await pause(20);
    expect(await uids()).toEqual(before);
    const plan = await runbook.run('./roll.sh --dry-run');
    expect(plan.match(/would restart/g)).toHaveLength(6);

    const { leader } = await quorumOf(client);
    const sampler = await Sampler.start(client);
    const load = await Load.start(client, { mark: 1 });
    const watch = new PodWatch(cluster.namespace, `app.kubernetes.io/name=kafka,app.kubernetes.io/instance=${LAB}`);
    say('roll.sh');
    const began = Date.now();
    const said = await runbook.run('./roll.sh');
    const seconds = Math.round((Date.now() - began) / 1000);
    const deletions = watch.stop();
    await untilInSync(cluster, () => sampler.samples());
    const report = await load.stop();
    const samples = await sampler.stop();
    const underMinIsr = Math.max(...samples.map((sample) => sample.underMinIsr));
    measured('roll.sh of a StatefulSet a zone', { seconds, underMinIsr, lost: report.lost, errors: report.errors });
    expect(said.trim().split('\n').at(-1)).toBe('roll: done');
    const order = deletions.map(({ pod }) => pod);
    const [brokers, controllers] = await Promise.all([cluster.nodes(BROKERS), cluster.nodes(CONTROLLERS)]);
    const names = (pods: typeof brokers): string[] => pods.map(({ metadata }) => metadata.name as string).sort();
    expect([order.slice(0, 3).sort(), order.slice(3).sort()]).toEqual([names(brokers), names(controllers)]);
    expect(Number(/\d+$/.exec(order.at(-1)!)![0])).toBe(leader);
    expect(tooEarly(deletions, samples, client.brokers)).toEqual([]);
    expect(underMinIsr).toBe(0);
    expect(report.lost).toBe(0);
    expect(await runbook.run('./roll.sh --dry-run')).toBe('');
  }, 1_800_000);
});

describe('brokers that come and go, by the runbook', () => {
  const more = 'reconcile: { spread: onNewBrokers }\n';
  let cluster: LabCluster;
  let client: ClientPod;
  let load: Load;

  beforeAll(async () => {
    const { toolsImage } = kubernetesSettings();
    cluster = await LabCluster.create({ theme: 'scale', toolsImage, controllers: 1, more });
    await cluster.form();
    await cluster.reconciled();
    await cluster.render({ formed: true });
    await cluster.apply();
    client = await ClientPod.start(cluster.namespace);
    load = await Load.start(client, { mark: 1 });
  }, 1_200_000);

  afterAll(() => cluster?.remove(), 300_000);

  /** The brokers that have replicas of the topic, each with how many. */
  async function replicas(): Promise<Record<string, number>> {
    const described = await client.admin(TOPICS, ['--describe', '--topic', LOAD_TOPIC]);
    const counts: Record<string, number> = {};
    for (const [, ids] of described.matchAll(/Replicas: ([\d,]+)/g))
      for (const id of ids!.split(',')) counts[id] = (counts[id] ?? 0) + 1;
    return counts;
  }

  test('takes a fourth broker, and replicas are spread over it', async () => {
    expect(await replicas()).toEqual({ 100: 6, 101: 6, 102: 6 });
    const began = Date.now();
    const runbook = await cluster.renderChange({ brokers: 4 });
    expect(runbook.steps.map(({ title }) => title)).toEqual(['Before', '1. Add the brokers 103']);
    await runbook.follow();
    const readyAfter = Math.round((Date.now() - began) / 1000);
    await cluster.reconciled(600);
    await cluster.lock();
    const spread = await replicas();
    measured('a fourth broker', {
      readyAfter,
      spreadAfter: Math.round((Date.now() - began) / 1000),
      replicas: JSON.stringify(spread),
    });
    expect(Object.values(spread).reduce((sum, count) => sum + count)).toBe(18);
    expect(spread['103']).toBeGreaterThanOrEqual(3);
  }, 1_200_000);

  test('gives it away again: emptied, shut down, forgotten, and nothing is lost', async () => {
    const began = Date.now();
    const runbook = await cluster.renderChange({
      more: `${more}acknowledge: [{ code: LOCK-NODE, path: nodePools.brokers.${LAB}-brokers-103, from: '${LAB}-brokers-103 (103)', to: none, reason: fewer brokers }]\n`,
    });
    const titles = [
      ...['Before', '1. Empty the brokers 103', '2. Take their pods away', '3. Forget the brokers 103'],
      '4. Bring the manifests up to date, and delete the disks once nothing is missed',
    ];
    expect(runbook.steps.map(({ title }) => title)).toEqual(titles);
    const said = await runbook.follow();
    await cluster.lock();
    measured('a broker less', { seconds: Math.round((Date.now() - began) / 1000) });
    expect(said[titles[3]!]).toMatch(/forgotten|unregistered/);
    expect(await replicas()).toEqual({ 100: 6, 101: 6, 102: 6 });
    expect((await cluster.nodes(BROKERS)).map(({ metadata }) => metadata.name as string).sort()).toEqual(
      [100, 101, 102].map((id) => `${LAB}-brokers-${id}`),
    );
    // Its disk stays until somebody deletes it.
    await cluster.namespace.json(['get', 'pvc', `data-0-${LAB}-brokers-103`]);
    expect((await load.stop()).lost).toBe(0);
  }, 1_200_000);
});
