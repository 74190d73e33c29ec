import { ClientPod } from '../support/kubernetes/client-pod';
import { within } from '../support/kubernetes/kubectl';
import { BROKERS, CONTROLLERS, LabCluster, zones } from '../support/kubernetes/lab-cluster';
import { Load } from '../support/kubernetes/load';
import { diskOf, loseDisks, untilBackOnNewDisk } from '../support/kubernetes/lost-disk';
import { measured } from '../support/kubernetes/progress';
import { quorumOf } from '../support/kubernetes/quorum';
import { untilInSync } from '../support/kubernetes/rolling-restart';
import { Sampler } from '../support/kubernetes/samples';
import { kubernetesSettings } from '../support/kubernetes/settings';

describe('lost disks', () => {
  let cluster: LabCluster;
  let client: ClientPod;
  let sampler: Sampler;
  let controllers: string[];

  beforeAll(async () => {
    const { toolsImage } = kubernetesSettings();
    cluster = await LabCluster.create({ theme: 'disks', zones: await zones(), toolsImage });
    await cluster.form();
    await cluster.reconciled();
    await cluster.render({ formed: true });
    await cluster.apply();
    client = await ClientPod.start(cluster.namespace);
    sampler = await Sampler.start(client);
    controllers = (await cluster.nodes(CONTROLLERS)).map(({ metadata }) => metadata.name as string);
  }, 1_200_000);

  afterAll(() => cluster?.remove(), 300_000);

  test('a broker comes back in sync on an empty disk, under load', async () => {
    const load = await Load.start(client, { mark: 1 });
    const [broker] = (await cluster.nodes(BROKERS)).map(({ metadata }) => metadata.name as string);
    const before = await diskOf(cluster, broker!);
    await loseDisks(cluster, [broker!]);
    const secondsToReady = await untilBackOnNewDisk(cluster, broker!, before);
    await untilInSync(cluster, () => sampler.samples());
    const report = await load.stop();
    measured('broker on an empty disk', { secondsToReady });
    expect(report).toMatchObject({ lost: 0 });
    expect(report.acked).toBeGreaterThan(3000);
  }, 900_000);

  test('a controller comes back as a fresh voter, under load', async () => {
    const load = await Load.start(client, { mark: 2 });
    const [controller] = controllers;
    const id = Number(/\d+$/.exec(controller!)![0]);
    const old = (await quorumOf(client)).voters.find((voter) => voter.id === id)!;
    const before = await diskOf(cluster, controller!);
    await loseDisks(cluster, [controller!]);
    const began = Date.now();
    await untilBackOnNewDisk(cluster, controller!, before);
    const voters = await within(240, async () => {
      const quorum = await quorumOf(client);
      const now = quorum.voters.find((voter) => voter.id === id);
      if (quorum.voters.length !== 3 || now === undefined || now.directoryId === old.directoryId) {
        throw new Error(`not a fresh voter yet: ${JSON.stringify(quorum.voters)}`);
      }
      return quorum.voters;
    });
    measured('controller on an empty disk', { secondsToVoter: Math.round((Date.now() - began) / 1000) });
    expect(voters.map((voter) => voter.directoryId)).not.toContain(old.directoryId);
    expect(await load.stop()).toMatchObject({ lost: 0 });
  }, 900_000);
});
