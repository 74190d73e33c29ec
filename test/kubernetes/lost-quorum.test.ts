import { ClientPod } from '../support/kubernetes/client-pod';
import { pause, within } from '../support/kubernetes/kubectl';
import { BROKERS, CONTROLLERS, LabCluster, zones } from '../support/kubernetes/lab-cluster';
import { Load } from '../support/kubernetes/load';
import { diskOf, loseDisks } from '../support/kubernetes/lost-disk';
import { measured, say } from '../support/kubernetes/progress';
import { quorumOf, quorumStates, type Voter } from '../support/kubernetes/quorum';
import { untilInSync } from '../support/kubernetes/rolling-restart';
import { Sampler } from '../support/kubernetes/samples';
import { kubernetesSettings } from '../support/kubernetes/settings';

const RECORDS_PER_SECOND = 100;

describe('a quorum that lost most of its disks', () => {
  let cluster: LabCluster;
  let client: ClientPod;
  let sampler: Sampler;
  let controllers: string[];
  let voters: readonly Voter[];
  let load: Load;
  let restarts: number[];

  beforeAll(async () => {
    const { toolsImage } = kubernetesSettings();
    cluster = await LabCluster.create({ theme: 'quorum', zones: await zones(), toolsImage });
    await cluster.form();
    await cluster.reconciled();
    await cluster.render({ formed: true });
    await cluster.apply();
    client = await ClientPod.start(cluster.namespace);
    sampler = await Sampler.start(client);
    controllers = (await cluster.nodes(CONTROLLERS)).map(({ metadata }) => metadata.name as string);
    ({ voters } = await quorumOf(client));
    restarts = await brokerRestarts();
    load = await Load.start(client, { mark: 1, recordsPerSecond: RECORDS_PER_SECOND });
  }, 1_200_000);

  afterAll(() => cluster?.remove(), 300_000);

  /** Takes disks away, and waits until their pods run on others. */
  async function lose(lost: readonly string[]): Promise<void> {
    const disks = await Promise.all(lost.map((pod) => diskOf(cluster, pod)));
    await loseDisks(cluster, lost);
    await within(180, async () => {
      const now = await Promise.all(lost.map((pod) => diskOf(cluster, pod)));
      if (now.some(({ uid }, index) => uid === disks[index]!.uid)) throw new Error('a disk is still the old one');
      const pods = await cluster.nodes(CONTROLLERS);
      if (pods.length < 3 || pods.some(({ status }) => status.phase !== 'Running'))
        throw new Error('a controller does not run');
    });
  }

  const brokerRestarts = async (): Promise<number[]> =>
    (await cluster.nodes(BROKERS)).map(({ status }) => status.containerStatuses[0].restartCount as number);

  /** Runs the script of day 2: the same voters lead again, metadata moves, and no broker was touched. */
  async function restore(lost: number): Promise<void> {
    const runbook = await cluster.renderChange({});
    expect(await runbook.run('./restore-quorum.sh')).toContain(`${3 - lost} of 3 voters have their disk`);
    say('restore-quorum.sh --restore');
    const began = Date.now();
    const said = await runbook.run('./restore-quorum.sh --restore');
    expect(said).toMatch(/restore-quorum: done\n$/);
    const quorum = await within(180, async () => {
      const now = await quorumOf(client);
      if (now.leader === undefined) throw new Error('nobody leads');
      return now;
    });
    measured(`${lost} of three disks of controllers restored`, {
      seconds: Math.round((Date.now() - began) / 1000),
      source: /copying the log of (\S+)/.exec(said)?.[1] ?? 'none',
      copies: (said.match(/copying the log/g) ?? []).length,
    });
    expect(byId(quorum.voters)).toEqual(byId(voters));
    await client.admin('org.apache.kafka.tools.TopicCommand', ['--create', '--topic', `after-${lost}`]);
    await untilInSync(cluster, () => sampler.samples());
    // Brokers keep what they have: none was told to truncate, none ended.
    expect(await brokerRestarts()).toEqual(restarts);
  }

  test('fails safe with two of three gone: nobody without a log leads, and brokers go on', async () => {
    const lost = controllers.slice(0, 2);
    await lose(lost);
    say('watching who leads for a minute');
    const before = await load.acked();
    const leaders = new Set<string>();
    const states = new Set<string>();
    for (const end = Date.now() + 60_000; Date.now() < end; await pause(3)) {
      for (const [pod, state] of Object.entries(await quorumStates(client, controllers))) {
        states.add(`${pod} ${state}`);
        if (state === 'leader') leaders.add(pod);
      }
    }
    const ackedMeanwhile = (await load.acked()) - before;
    measured('two of three controllers without disks', {
      leaders: [...leaders].join(' ') || 'none',
      states: [...states].sort().join('; '),
      ackedMeanwhile,
    });
    expect([...leaders].filter((pod) => lost.includes(pod))).toEqual([]);
    expect(ackedMeanwhile).toBeGreaterThan(1000);
    // Brokers keep what they have: none was told to truncate, none ended.
    expect(await brokerRestarts()).toEqual(restarts);
  }, 600_000);

  test('comes back by restore-quorum.sh with all voters as they were, and every record is there', async () => {
    await restore(2);
    expect(await load.stop()).toMatchObject({ lost: 0 });
  }, 1_200_000);

  test('comes back from a broker where no controller has its disk', async () => {
    load = await Load.start(client, { mark: 2, recordsPerSecond: RECORDS_PER_SECOND });
    await lose(controllers);
    await restore(3);
    expect(await load.stop()).toMatchObject({ lost: 0 });
  }, 1_200_000);
});

const byId = (voters: readonly Voter[]): Voter[] => [...voters].sort((a, b) => a.id - b.id);
