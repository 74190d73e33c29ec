import { requireFormed, type Step } from '../../core/day2';
import type { NodeModel } from '../../core/model';
import { formatBytes } from '../../core/units';
import type { Situation } from './situation';

const idsOf = (nodes: readonly { readonly id: number }[]): string => nodes.map(({ id }) => id).join(',');
const only = (nodes: readonly { readonly name: string }[]): string =>
  nodes.map(({ name }) => `--nodes ${name}`).join(' ');
const namesOf = (nodes: readonly { readonly name: string }[]): string => nodes.map(({ name }) => name).join(' ');

/** Hosts that come: before those that go, so that replicas have where to go to. */
export function addedSteps({ model, before, difference: { added }, roll, admin }: Situation): Step[] {
  const controllers = added.filter(({ roles }) => roles.includes('controller'));
  const brokers = added.filter(({ roles }) => roles.includes('broker') && !roles.includes('controller'));
  const steps: Step[] = [];
  if (controllers.length > 0) {
    requireFormed(model, before);
    steps.push({
      title: `Add the controllers ${idsOf(controllers)}`,
      text: `${prepare(controllers)} ${model.kafka.autoJoin ? 'Each joins the quorum by itself once it has the metadata log (controller.quorum.auto.join.enable).' : `Kafka ${model.kafka.version} does not let a controller join by itself: run kafka-metadata-quorum.sh add-controller on each new host.`} All of them must vote before anything else is changed: with one missing, an even number has no spare. The other nodes hear of them when they restart, which the last line does.`,
      commands: [`${roll} ${only(controllers)}`, `kdk status ${model.name} ${admin}`, roll],
    });
  }
  if (brokers.length > 0) {
    steps.push({
      title: `Add the brokers ${idsOf(brokers)}`,
      text: `${prepare(brokers)} ${model.reconcile.spread === 'onNewBrokers' ? 'The plan says what moves to them and how long it takes; the apply moves it, throttled.' : 'They hold nothing until replicas are moved to them: set reconcile.spread: onNewBrokers, and the apply does it, throttled.'} It may be stopped and run again.`,
      commands: [`${roll} ${only(brokers)}`, `kdk plan ${model.name} ${admin}`, `kdk apply ${model.name} ${admin}`],
    });
  }
  return steps;
}

function prepare(nodes: readonly NodeModel[]): string {
  return `Prepare ${namesOf(nodes)} as RUNBOOK.md says: volumes mounted, certificate, log-in by SSH.`;
}

/** Hosts that go: emptied before, forgotten after. */
export function goneSteps({ model, difference: { gone }, ssh }: Situation): Step[] {
  const brokers = gone.filter(({ roles }) => roles.includes('broker'));
  const controllers = gone.filter(({ roles }) => roles.includes('controller'));
  const ids = idsOf(brokers);
  const throttle = `${formatBytes(model.reconcile.replicationThrottleBytesPerSecond)}/s`;
  const stop = (name: string): string => `${ssh(name)} sudo systemctl disable --now kafka.service`;
  const steps: Step[] = [];
  if (brokers.length > 0) {
    steps.push({
      title: `Empty the brokers ${ids}`,
      text: `Every replica moves to the brokers that stay, rack by rack, at ${throttle} on each broker at most. It fails, and nothing has moved, where a topic has more replicas than brokers stay. It may be stopped and run again, and does what is left. Do not go on before it says 0 replicas left: what is still on these brokers would be lost. To go back, leave them where they are.`,
      commands: [
        { name: 'evacuate', command: ['evacuate', '--brokers', ids, '--throttle', throttle, '--plan-only'] },
        { name: 'evacuate', command: ['evacuate', '--brokers', ids, '--throttle', throttle] },
      ],
    });
  }
  const onlyBrokers = brokers.filter(({ roles }) => !roles.includes('controller'));
  if (onlyBrokers.length > 0) {
    steps.push({
      title: 'Stop them',
      text: 'They hold nothing any more; each leaves by a controlled shutdown.',
      commands: onlyBrokers.map(({ name }) => stop(name)),
    });
  }
  for (const { id, name } of controllers) {
    steps.push({
      title: `Take controller ${id} away`,
      text: 'It is shut down first: one that runs would join again by itself. Then it is taken out of the quorum. The next one goes only after that.',
      commands: [
        stop(name),
        { name: `remove-controller-${id}`, command: ['remove-controllers', '--controllers', String(id)] },
      ],
    });
  }
  if (brokers.length > 0) {
    steps.push({
      title: `Forget the brokers ${ids}`,
      text: 'A broker that is registered and away is one that new topics are placed on. It is refused while one of them is up or named by a partition.',
      commands: [{ name: 'unregister', command: ['unregister', '--brokers', ids] }],
    });
  }
  return steps;
}
