import { parsePath } from '../issue';
import type { EnvironmentModel } from '../model';
import type { Consequence, FixedChange, NodeFact } from './fixed-consequence';
import { listenerChange } from './fixed-listener';
import { evacuate, numbered } from './fixed-steps';

/** What comes of a change on hosts, and how to get there all the same. Undefined where it does no harm. */
export function hostsChange(change: FixedChange, model: EnvironmentModel): Consequence | undefined {
  // listeners.NAME, or targets.hosts.inventory.HOST.FIELD
  const [section, name, , host, field] = (parsePath(change.name) ?? []).map(String);
  if (section === 'listeners') return listenerChange(name!, change);
  // A host that goes is LOCK-NODE's.
  if (change.to === 'none' || section !== 'targets') return undefined;
  return field === 'address' ? addressChange(host!, change) : logDirsChange(host!, change, model);
}

function addressChange(host: string, { from }: FixedChange): Consequence {
  return {
    what: `nodes and clients that know ${host} as ${from} do not find it there, and its certificate names the old address`,
    wayOut: `Issue its certificate for the new address, move this one host alone, and roll all nodes before the next one moves.`,
  };
}

/** A directory more is filled by new replicas; one that goes takes its replicas along. */
function logDirsChange(host: string, { from, to }: FixedChange, model: EnvironmentModel): Consequence | undefined {
  const gone = from.split(',').filter((dir) => !to.split(',').includes(dir));
  if (gone.length === 0) return undefined;
  const node = model.nodes.find(({ name }) => name === host);
  if (node === undefined || !node.roles.includes('broker')) {
    return {
      what: `the metadata log of ${host} is in ${gone.join(', ')}, and it would begin with an empty disk`,
      wayOut: 'Copy the directory with the node stopped, or let it join the quorum again as after a lost disk.',
    };
  }
  return {
    what: `what is in ${gone.join(', ')} is lost to ${host}`,
    wayOut: `Steps: ${numbered([evacuate(model, [node.id]), `render, and kdk roll ${model.name} --nodes ${host}`, `kdk apply ${model.name} with reconcile.spread: onNewBrokers, which gives it its share again`])}.`,
  };
}

/** A node that leaves: what has to happen before its host goes, and after. */
export function goneHost(model: EnvironmentModel, host: string, { id, roles }: NodeFact): string {
  const steps = [
    ...(roles.includes('broker') ? [evacuate(model, [id])] : []),
    `on ${host}: systemctl disable --now kafka.service`,
    ...(roles.includes('controller')
      ? [`kdk remove-controllers ${model.name} --controllers ${id} --command-config admin.properties`]
      : []),
    ...(roles.includes('broker')
      ? [`kdk unregister ${model.name} --brokers ${id} --command-config admin.properties`]
      : []),
  ];
  return `Steps, which kdk render ${model.name} --day2 DIR writes as a runbook: ${numbered(steps)}.`;
}
