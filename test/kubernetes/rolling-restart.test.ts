import { ClientPod } from '../support/kubernetes/client-pod';
import { within } from '../support/kubernetes/kubectl';
import { BROKERS, CONTROLLERS, LabCluster } from '../support/kubernetes/lab-cluster';
import { LAB, LOAD_TOPIC } from '../support/kubernetes/lab-environment';
import { Load } from '../support/kubernetes/load';
import { PodWatch } from '../support/kubernetes/pod-watch';
import { measured, say } from '../support/kubernetes/progress';
import { rollStatefulSet, tooEarly, untilInSync } from '../support/kubernetes/rolling-restart';
import { Sampler, type Sample } from '../support/kubernetes/samples';
import { kubernetesSettings } from '../support/kubernetes/settings';

/** A broker that was away for some seconds needs a while to catch up, so that going on before it did can be seen. */
const CATCH_UP_BYTES_PER_SECOND = 60_000;
/** So slow that no machine starts a broker more slowly than it catches up. */
const NEARLY_NOTHING = 2000;
const AT_ONCE = 100_000_000;

describe('a rolling restart under load', () => {
  let cluster: LabCluster;
  let client: ClientPod;

  beforeAll(async () => {
    const { toolsImage } = kubernetesSettings();
    cluster = await LabCluster.create({ theme: 'rolling', toolsImage });
    measured('formation of plain pools', { secondsToReady: await cluster.form() });
    await cluster.reconciled();
    client = await ClientPod.start(cluster.namespace);
    await catchUpAt(CATCH_UP_BYTES_PER_SECOND);
    await alter(
      ['--entity-type', 'topics', '--entity-name', LOAD_TOPIC],
      "'follower.replication.throttled.replicas=*'",
    );
  }, 1_200_000);

  afterAll(() => cluster?.remove(), 300_000);

  const alter = (entity: readonly string[], option: string): Promise<string> =>
    client.admin('kafka.admin.ConfigCommand', ['--alter', ...entity, '--add-config', option]);
  const catchUpAt = (rate: number): Promise<string> =>
    alter(['--entity-type', 'brokers', '--entity-default'], `follower.replication.throttled.rate=${rate}`);

  test('of brokers loses nothing, is never under min ISR and never goes on before the last broker caught up', async () => {
    const sampler = await Sampler.start(client);
    const load = await Load.start(client, { mark: 1 });
    const began = Date.now();
    const deletions = await rollStatefulSet(cluster, `${LAB}-brokers`, BROKERS);
    await untilInSync(cluster, () => sampler.samples());
    const seconds = Math.round((Date.now() - began) / 1000);
    const report = await load.stop();
    const samples = await sampler.stop();
    measured('rolling restart of brokers', { seconds, samples: samples.length, ...worst(samples) });
    expect(deletions.map(({ pod }) => pod)).toHaveLength(3);
    expect(tooEarly(deletions, samples, client.brokers)).toEqual([]);
    expect(worst(samples).underMinIsr).toBe(0);
    // It went through: replicas were missing while each broker was away.
    expect(worst(samples).underReplicated).toBeGreaterThan(0);
    expect(report).toMatchObject({ lost: 0 });
    expect(report.acked).toBeGreaterThan(10_000);
  }, 1_500_000);

  test('of controllers loses nothing, and no broker drops out of the replicas in sync', async () => {
    const sampler = await Sampler.start(client);
    const load = await Load.start(client, { mark: 2 });
    const began = Date.now();
    const deletions = await rollStatefulSet(cluster, `${LAB}-controllers`, CONTROLLERS);
    await untilInSync(cluster, () => sampler.samples());
    const seconds = Math.round((Date.now() - began) / 1000);
    const report = await load.stop();
    const samples = await sampler.stop();
    measured('rolling restart of controllers', { seconds, samples: samples.length, ...worst(samples) });
    expect(deletions).toHaveLength(3);
    expect(worst(samples)).toEqual({ underMinIsr: 0, underReplicated: 0 });
    expect(report).toMatchObject({ lost: 0 });
    expect(report.acked).toBeGreaterThan(10_000);
  }, 1_500_000);

  test('fails to wait with the gate taken out, which the same observer sees', async () => {
    await cluster.render();
    cluster.edit('StatefulSet', (set) => {
      if (set.metadata.name !== `${LAB}-brokers`) return;
      const [container] = set.spec.template.spec.containers;
      // What everybody else's probe asks: whether the broker runs.
      container.startupProbe = { exec: container.readinessProbe.exec, periodSeconds: 1, failureThreshold: 600 };
      container.readinessProbe.periodSeconds = 1;
      set.spec.minReadySeconds = 0;
    });
    const sampler = await Sampler.start(client);
    const load = await Load.start(client, { mark: 3 });
    await catchUpAt(NEARLY_NOTHING);
    const watch = new PodWatch(cluster.namespace, BROKERS);
    say('applying brokers without the gate, which restarts them');
    await cluster.apply();
    await within(300, async () => {
      if (watch.deletions.length < 2) throw new Error('only one broker was restarted');
    });
    // The last one would wait for minutes with partitions that nobody else may lead.
    await catchUpAt(AT_ONCE);
    await cluster.namespace.run(['rollout', 'status', `statefulset/${LAB}-brokers`, '--timeout=600s'], 630);
    await untilInSync(cluster, () => sampler.samples());
    const report = await load.stop();
    const samples = await sampler.stop();
    const deletions = watch.stop();
    const early = tooEarly(deletions, samples, client.brokers);
    measured('rolling restart without the gate', { tooEarly: early.length, errors: report.errors, ...worst(samples) });
    expect(deletions).toHaveLength(3);
    expect(early.length).toBeGreaterThan(0);
    // What was acknowledged is there all the same: that is what acks=all and min ISR are for.
    expect(report.lost).toBe(0);
  }, 1_500_000);
});

function worst(samples: readonly Sample[]): { underMinIsr: number; underReplicated: number } {
  return {
    underMinIsr: Math.max(0, ...samples.map(({ underMinIsr }) => underMinIsr)),
    underReplicated: Math.max(0, ...samples.map(({ underReplicated }) => underReplicated)),
  };
}
