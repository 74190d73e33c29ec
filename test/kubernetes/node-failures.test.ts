import { ClientPod } from '../support/kubernetes/client-pod';
import { pause, within } from '../support/kubernetes/kubectl';
import { LabCluster, zones } from '../support/kubernetes/lab-cluster';
import { Load } from '../support/kubernetes/load';
import { measured } from '../support/kubernetes/progress';
import { untilInSync } from '../support/kubernetes/rolling-restart';
import { Sampler } from '../support/kubernetes/samples';
import { kubernetesSettings, nodeCommands } from '../support/kubernetes/settings';
import { doToNode, untilNode, victim } from '../support/kubernetes/worker-nodes';

describe('a node of Kubernetes that goes away, with a broker and a controller on it', () => {
  let cluster: LabCluster;
  let client: ClientPod;
  let sampler: Sampler;
  let node: string;

  beforeAll(async () => {
    nodeCommands();
    const { toolsImage } = kubernetesSettings();
    cluster = await LabCluster.create({ theme: 'nodes', zones: await zones(), toolsImage });
    await cluster.form();
    await cluster.reconciled();
    node = await victim(cluster);
    client = await ClientPod.start(cluster.namespace, { avoid: [node] });
    sampler = await Sampler.start(client);
  }, 1_200_000);

  afterAll(() => cluster?.remove(), 300_000);

  test.each([
    ['killed', 'kill', 'start'],
    ['cut off', 'cut', 'mend'],
  ] as const)(
    'is survived under load when it is %s, and comes back in sync',
    async (what, away, back) => {
      const load = await Load.start(client, { mark: away === 'kill' ? 1 : 2 });
      doToNode(away, node);
      let secondsToSeen: number;
      let ackedWithout: number;
      try {
        secondsToSeen = await untilNode(node, false, 120);
        const before = await load.acked();
        await pause(20);
        ackedWithout = (await load.acked()) - before;
      } finally {
        doToNode(back, node);
      }
      const began = Date.now();
      await untilNode(node, true, 180);
      await within(400, () => untilInSync(cluster, () => sampler.samples(), 1));
      const secondsToSync = Math.round((Date.now() - began) / 1000);
      const report = await load.stop();
      measured(`node ${what}`, { secondsToSeen, ackedIn20SecondsWithout: ackedWithout, secondsToSync });
      // Clients went on while it was away.
      expect(ackedWithout).toBeGreaterThan(1000);
      expect(report).toMatchObject({ lost: 0 });
    },
    1_200_000,
  );
});
