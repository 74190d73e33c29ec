import { App, Chart, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { FileArtifact } from '../../../lib/core/artifact';
import type { EnvironmentModel } from '../../../lib/core/model';
import { objectLabels } from '../labels';
import { placement } from '../node-placement';
import { nodeSets } from '../node-set';
import { podSpec } from '../pod';
import { script } from '../scripts';

/** One tool of Kafka at a time, with a heap of 64 MiB. */
const MEMORY_MIB = 256;
const CPU = '50m';

/**
 * The way back after most controllers lost their disks: a script, and the pods that hold the disks while no controller runs. None for
 * nodes that are both, since brokers are to go on meanwhile.
 */
export function restoreQuorumFiles(model: EnvironmentModel): FileArtifact[] {
  const sets = nodeSets(model).filter(({ pool }) => pool.roles.includes('controller'));
  if (sets.length === 0 || sets.some(({ pool }) => pool.roles.includes('broker'))) return [];
  const { namespace, images } = model.spec.targets!.kubernetes!;
  const chart = new Chart(new App(), model.name);
  const controllers = sets.flatMap((set) => set.nodes.map((node) => ({ ...node, set })));
  for (const { id, name, set } of controllers) {
    const { topologySpreadConstraints: _anywhere, ...scheduling } = placement(model, set);
    const spec = podSpec(model, {
      name: 'disk',
      image: images.kafka,
      command: ['sleep', 'infinity'],
      env: [],
      ports: {},
      memoryMiB: MEMORY_MIB,
      cpu: { request: CPU },
      files: [],
      claims: { 'data-0': '/var/lib/kafka/data-0' },
      probes: {},
      terminationGracePeriodSeconds: 1,
      scheduling,
    });
    new k8s.KubePod(chart, name, {
      metadata: {
        name: `restore-quorum-${id}`,
        namespace,
        labels: { ...objectLabels(model, 'kafka-reconciler'), 'kafka-deployment-kit/restore': 'quorum' },
      },
      spec: {
        ...spec,
        restartPolicy: 'Never',
        volumes: [...spec.volumes!, { name: 'data-0', persistentVolumeClaim: { claimName: `data-0-${name}` } }],
      },
    });
  }
  const content = script('restore-quorum.sh')
    .replace('@namespace@', namespace)
    .replace('@cluster-id@', model.clusterId)
    .replace(
      '@controllers@',
      controllers.map(({ id, name, set }) => `${id} ${name} ${set.name} ${set.nodes.length}`).join('\n'),
    )
    .replace('@brokers@', model.nodes.flatMap(({ name, roles }) => (roles.includes('broker') ? [name] : [])).join(' '));
  return [
    { path: 'restore-quorum.sh', content, executable: true },
    {
      path: 'restore-quorum.yaml',
      content: (chart.toJson() as object[]).map((object) => Yaml.stringify(object)).join('---\n'),
    },
  ];
}
