import { Failure } from '../issue';
import type { EnvironmentModel } from '../model';
import type { ClusterDifference } from './difference';
import type { Step } from './step';

export interface RollWords {
  readonly model: EnvironmentModel;
  readonly difference: ClusterDifference;
  /** Brings the new files to the nodes and restarts them one by one. */
  readonly roll: readonly string[];
  /** What runs a node: `pods`. */
  readonly nodes: string;
  /** Who makes rights: `The Job of the reconciler makes these rights …`. */
  readonly rights: string;
}

/** A door is opened by one roll, and closed by another once nobody comes in by it. */
export function listenerSteps({
  difference: { listeners, authorization },
  model,
  roll,
  nodes,
  rights,
}: RollWords): Step[] {
  const opened = listeners.filter(({ change }) => change.from === 'none');
  const closed = listeners.filter(({ change }) => change.to === 'none');
  const otherwise = listeners.filter(({ change }) => change.from !== 'none' && change.to !== 'none');
  const names = (some: typeof listeners): string => some.map(({ name }) => name).join(', ');
  if (opened.length > 0 && closed.length > 0) {
    throw new Failure(
      'DAY2-TWO-AT-ONCE',
      `a listener opens and another closes in one rendering, got ${names(opened)} to open and ${names(closed)} to close; clients need both doors while they move.`,
      `Write ${names(closed)} beside it again and roll; move the clients, run kdk lock, and take ${names(closed)} away after that.`,
    );
  }
  const acls = authorization?.to === 'on' ? authorizerText(model, rights) : '';
  const steps: Step[] = [];
  if (opened.length > 0 || (acls !== '' && otherwise.length === 0)) {
    steps.push({
      title: opened.length === 0 ? 'Put the authorizer into force' : `First roll: open ${names(opened)}`,
      text: `Both doors are open after it. Then move the clients, one after the other.${acls}`,
      commands: roll,
    });
  }
  if (otherwise.length > 0) {
    steps.push({
      title: `Change ${names(otherwise)} in place`,
      text: `While ${nodes} restart, some answer as before and some otherwise (${otherwise.map(({ change }) => `${change.from} to ${change.to}`).join('; ')}), so clients fail until all are done. A second listener beside it, in a rendering of its own, spares them that.${acls}`,
      commands: roll,
    });
  }
  if (closed.length > 0) {
    steps.push({
      title: `Second roll: close ${names(closed)}`,
      text: `See first that nobody is connected: kafka_server_socket_server_metrics_connection_count of the listener is 0 on every broker. To go back, render the former file and roll.`,
      commands: roll,
    });
  }
  return steps.length === 0 || model.nodes.length === 0 ? [] : steps;
}

/** Clients that nobody asks who they are have no rights of their own: they may do all or nothing. */
function authorizerText({ listeners }: EnvironmentModel, rights: string): string {
  const open = listeners.filter(({ authentication }) => authentication === 'none');
  const closed = open.filter(({ access }) => access === undefined).map(({ name }) => name);
  const free = open.filter(({ access }) => access !== undefined).map(({ name }) => name);
  return [
    ` The authorizer comes into force with this roll: who logs in may do what is declared for them, and nothing else. ${rights}`,
    ...(free.length === 0
      ? []
      : [
          ` Clients of ${free.join(', ')} may do everything as before (access: unrestricted), until a second roll closes it.`,
        ]),
    ...(closed.length === 0
      ? []
      : [
          ` Clients of ${closed.join(', ')} are refused from then on. To spare them that, write access: unrestricted for it, and render this again.`,
        ]),
  ].join('');
}
