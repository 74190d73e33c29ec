import { listenerSteps, NONE, type Step } from '../../core/day2';
import type { Situation } from './situation';

/** Two gated steps: binaries, which can go back, and features, which cannot. */
export function upgradeSteps({ model, difference: { kafkaVersion }, roll, admin }: Situation): Step[] {
  if (kafkaVersion === undefined) return [];
  const { from, to } = kafkaVersion;
  return [
    {
      title: `Run Kafka ${to} instead of ${from}`,
      text: `The new version is unpacked beside the old one on every host, and nodes restart one by one; the features of ${from} stay in force. Until the next step the way back is the former file and the same roll.`,
      commands: [`${roll} --dry-run`, roll],
    },
    {
      title: `Finalise the features of Kafka ${to}`,
      text: `Wait as long as you would want to go back, a week for example. Then metadata.version rises to ${model.kafka.metadataVersion}, and the other features after it; Kafka refuses while a node does not know them. There is no way back to ${from} afterwards.`,
      commands: [
        `kdk upgrade-features ${model.name} --release ${to} --plan-only ${admin}`,
        `kdk upgrade-features ${model.name} --release ${to} ${admin}`,
      ],
    },
  ];
}

export function doorSteps({ model, difference, roll, admin }: Situation): Step[] {
  return listenerSteps({
    ...{ model, difference },
    roll: [`${roll} --dry-run`, roll, `kdk apply ${model.name} ${admin}`],
    nodes: 'nodes',
    rights: 'kdk apply makes these rights; run it before the roll too, where the authorizer is in force already.',
  });
}

/** Another address or other log directories, host by host. */
export function hostSteps({ model, difference, roll, admin }: Situation): Step[] {
  return difference.facts.flatMap(({ path, change: { from, to } }): Step[] => {
    const [section, , , host, field] = path;
    const node = model.nodes.find(({ name }) => name === host);
    if (section !== 'targets' || node === undefined || to === NONE) return [];
    if (field === 'address') {
      return [
        {
          title: `Move ${host} from ${from} to ${to}`,
          text: `Its certificate has to name ${to} before it starts there (kdk certificates issue, and --certificates for the roll). The node stops, the disks go along or stay, and it starts at the new address; the others hear of it by their own restart, which the last line does.`,
          commands: [`kdk may-restart ${model.name} ${host} ${admin}`, `${roll} --nodes ${host}`, roll],
        },
      ];
    }
    const [then, now] = [from.split(','), to.split(',')];
    const gone = then.filter((dir) => !now.includes(dir));
    const come = now.filter((dir) => !then.includes(dir));
    return [
      ...(gone.length === 0 || !node.roles.includes('broker')
        ? []
        : [
            {
              title: `Empty ${host}, which gives ${gone.join(', ')} up`,
              text: `What is in ${gone.join(', ')} would be lost to it. It gets its share again by the apply after the roll.`,
              commands: [
                { name: 'evacuate', command: ['evacuate', '--brokers', String(node.id), '--plan-only'] },
                { name: 'evacuate', command: ['evacuate', '--brokers', String(node.id)] },
              ],
            },
          ]),
      {
        title: `Give ${host} its log directories: ${to}`,
        text:
          come.length === 0
            ? 'It starts without the directory that goes.'
            : `Mount ${come.join(', ')} first (each a folder on a volume of its own). It is formatted when the node starts. New replicas go to the emptier disk by themselves; those that are there stay until they are moved.`,
        commands: [`${roll} --nodes ${host}`, ...(gone.length === 0 ? [] : [`kdk apply ${model.name} ${admin}`])],
      },
    ];
  });
}
