import { listenerSteps, type Step } from '../../../lib/core/day2';
import { restartsInTurn } from '../node-files';
import { APPLY, ROLL, type Situation } from './step';

/** Two gated steps: binaries, which can go back, and features, which cannot. */
export function upgradeSteps({ difference: { kafkaVersion }, model, kubectl }: Situation): Step[] {
  if (kafkaVersion === undefined) return [];
  const { from, to } = kafkaVersion;
  return [
    {
      title: `Run Kafka ${to} instead of ${from}`,
      text: `The image changes, pod by pod; the features of ${from} stay in force. Until the next step the way back is the former rendering and the same roll.`,
      commands: [APPLY, ROLL],
    },
    {
      title: `Finalise the features of Kafka ${to}`,
      text: `Wait as long as you would want to go back, a week for example, and see that every pod runs ${to}. Then metadata.version rises to ${model.kafka.metadataVersion}, and the other features after it; Kafka refuses while a node does not know them. There is no way back to ${from} afterwards.`,
      commands: [
        `${kubectl} get pods -l app.kubernetes.io/name=kafka,app.kubernetes.io/instance=${model.name} -o jsonpath='{range .items[*]}{.metadata.name}{" "}{.spec.containers[0].image}{"\\n"}{end}'`,
        { name: 'features', command: ['upgrade-features', '--release', to] },
      ],
    },
  ];
}

/** A door is opened by one roll, and closed by another once nobody comes in by it. */
export function listenerStepsOfPods({ difference, model }: Situation): Step[] {
  return listenerSteps({
    ...{ difference, model },
    roll: [APPLY, ROLL],
    nodes: 'pods',
    rights:
      'The Job of the reconciler makes these rights as soon as the controllers have rolled, and tries until then.',
  });
}

export function rackSteps({ difference: { racks, added } }: Situation): Step[] {
  if (racks === undefined) return [];
  return [
    {
      title: `Zones change from ${racks.from} to ${racks.to}`,
      text:
        added.length > 0
          ? 'The nodes of a new zone come first, replicas are spread over them, and those of a zone that goes are emptied before they leave: the steps above and below. A partition has a replica in each zone again only after the Job of the reconciler.'
          : 'Nothing moves by itself: replicas stay where they are until the reconciler spreads them.',
      commands: [],
    },
  ];
}

/** What is due one day, whatever differs today. */
export function standingSteps(situation: Situation): Step[] {
  const { model, kubectl } = situation;
  const { certificates = 'cert-manager' } = model.spec.targets!.kubernetes!;
  const controller = model.nodes.find(({ roles }) => roles.includes('controller'));
  const secret = `${model.name}-tls`;
  return [
    renewalStep(situation),
    {
      title: 'When the authority changes',
      text: `Three rolls, so that at every moment each node trusts what the other shows. First ca.crt holds both authorities, then certificates are signed by the new one, then the old one leaves ca.crt.${certificates === 'secret' ? '' : ' cert-manager writes one authority into ca.crt: set targets.kubernetes.certificates: secret for the time being, which leaves the Secrets that are there, and delete its Certificates, not the Secrets.'}`,
      commands: [
        `cat old-ca.crt new-ca.crt > both.crt`,
        `${kubectl} patch secret ${secret} -p "{\\"data\\":{\\"ca.crt\\":\\"$(base64 -w0 both.crt)\\"}}" && ${ROLL} --older-than "$(date -u +%Y-%m-%dT%H:%M:%SZ)"`,
        `${kubectl} patch secret ${secret} -p "{\\"data\\":{\\"tls.crt\\":\\"$(base64 -w0 new.crt)\\",\\"tls.key\\":\\"$(base64 -w0 new.key)\\"}}" && ${ROLL} --older-than "$(date -u +%Y-%m-%dT%H:%M:%SZ)"`,
        `${kubectl} patch secret ${secret} -p "{\\"data\\":{\\"ca.crt\\":\\"$(base64 -w0 new-ca.crt)\\"}}" && ${ROLL} --older-than "$(date -u +%Y-%m-%dT%H:%M:%SZ)"`,
        `# the same for ${model.name}-admin-tls and the certificates of clients`,
      ],
    },
    ...(controller === undefined
      ? []
      : [
          {
            title: 'When a controller has lost its disk',
            text: `It comes back with an empty one and joins afresh${model.kafka.autoJoin ? ' by itself, and the voter that it was is taken out' : '; take the voter that it was out with kafka-metadata-quorum.sh remove-controller and add it anew'}. Only where the lock says formed: else it would be a voter that forgot its votes. Never two at once: without most of the disks nobody is elected (restore-quorum.sh is for that).`,
            commands: [
              `${kubectl} get configmap ${controller.name.slice(0, controller.name.lastIndexOf('-'))}-config -o jsonpath='{.data.format\\.arguments}' | grep -e --no-initial-controllers # must be there`,
              `${kubectl} delete pvc data-0-${controller.name} --wait=false && ${kubectl} delete pod ${controller.name}`,
              `${kubectl} wait --for=condition=Ready pod/${controller.name} --timeout=30m`,
            ],
          },
        ]),
  ];
}

function renewalStep({ model, kubectl }: Situation): Step {
  const title = 'When a certificate was renewed';
  if (restartsInTurn(model))
    return {
      title,
      text: 'Nothing is to be done: each node starts again by itself, in its turn of ten minutes, once the whole cluster has been well for four of them. What it waits for is in its log. To be sooner, roll them yourself.',
      commands: [
        `${kubectl} logs -l app.kubernetes.io/name=kafka,app.kubernetes.io/instance=${model.name} --prefix --tail=-1 | grep restart-in-turn`,
        `# ${roll()}`,
      ],
    };
  const by =
    model.spec.targets!.kubernetes!.certificateHash === undefined
      ? 'there are no metrics'
      : 'certificateHash says when';
  return {
    title,
    text: `Kafka reads its certificate when it starts, so every pod that has not started since restarts, one by one; by itself none does, for ${by}.`,
    commands: [
      `${kubectl} get secret ${model.name}-tls -o jsonpath='{.metadata.managedFields[*].time}{"\\n"}' # when it was written`,
      roll(),
    ],
  };
}

function roll(): string {
  return `${ROLL} --older-than "$(date -u +%Y-%m-%dT%H:%M:%SZ)" # write the time down: with the same one it goes on where it stopped`;
}
