import { parsePath } from '../issue';
import type { EnvironmentModel } from '../model';
import type { Consequence, FixedChange, NodeFact } from './fixed-consequence';
import { goneHost, hostsChange } from './fixed-hosts';
import { gonePod, kubernetesChange } from './fixed-kubernetes';
import { listenerChange } from './fixed-listener';

const MOVE = 'To move, make a second environment beside this one, mirror the topics into it, and move the clients.';

const REPLACES: Consequence = {
  what: 'AWS replaces the cluster, and all its records are lost',
  wayOut: MOVE,
};

/** Source: AWS::MSK::Cluster and AWS::MSK::ServerlessCluster, "Update requires: Replacement"; developer guide, Amazon MSK broker types. */
const PROVISIONED: Readonly<Record<string, Consequence | ((change: FixedChange) => Consequence)>> = {
  'targets.msk.brokerType': {
    what: 'Amazon MSK refuses it: a cluster keeps the type of its brokers',
    wayOut: MOVE,
  },
  'targets.msk.topicsManagedBy': ({ to }) =>
    to === 'reconciler'
      ? {
          what: 'the stack lets go of its topics, which stay in the cluster, and the reconciler takes them over',
          wayOut: 'See that kdk plan would change none of them.',
        }
      : {
          what: 'CloudFormation would create topics that are there, and the deploy fails',
          wayOut: 'Leave them to the reconciler, or bring them into the stack with cdk import first.',
        },
  'targets.msk.topicStacks': {
    what: 'topics move to other stacks, which would create what is there, and the deploy fails',
    wayOut: 'Choose the number before the first deploy, or leave the topics to the reconciler.',
  },
};

/** Undefined where it does no harm. */
export function fixedChange(change: FixedChange, model: EnvironmentModel): Consequence | undefined {
  const { target } = model;
  const found = consequenceOn(target)(change, model);
  if (found === undefined) return undefined;
  const { what, ...rest } = found;
  return { what: `${change.name} cannot change on ${target}${what === '' ? '' : `: ${what}`}`, ...rest };
}

/** What has to happen before a node may leave, and after. Undefined where a service sees to it. */
export function goneNode(model: EnvironmentModel, name: string, node: NodeFact): string | undefined {
  if (model.target === 'kubernetes') return gonePod(model, name, node);
  return model.target === 'hosts' ? goneHost(model, name, node) : undefined;
}

function consequenceOn(
  target: EnvironmentModel['target'],
): (change: FixedChange, model: EnvironmentModel) => Consequence | undefined {
  if (target === 'kubernetes') return kubernetesChange;
  return target === 'hosts' ? hostsChange : consequence;
}

function consequence(change: FixedChange, { target }: EnvironmentModel): Consequence {
  const { name } = change;
  const [section, listener] = parsePath(name) ?? [];
  if (section === 'listeners') return listenerChange(String(listener), change);
  if (target !== 'msk' && target !== 'msk-serverless') return { what: '' };
  if (name === 'aws.account' || name === 'aws.region')
    return { what: 'there is no such cluster there, and an empty one would be made', wayOut: MOVE };
  const known = PROVISIONED[name];
  if (known === undefined) return REPLACES;
  return typeof known === 'function' ? known(change) : known;
}
