import type { EnvironmentModel } from '../model';
import type { Consequence, FixedChange } from './fixed-consequence';
import { kubernetesChange } from './fixed-kubernetes';

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
  const found = target === 'kubernetes' ? kubernetesChange(change, model) : consequence(change, model);
  if (found === undefined) return undefined;
  const { what, ...rest } = found;
  return { what: `${change.name} cannot change on ${target}${what === '' ? '' : `: ${what}`}`, ...rest };
}

function consequence(change: FixedChange, { target }: EnvironmentModel): Consequence {
  const { name } = change;
  if (target !== 'msk' && target !== 'msk-serverless') return { what: '' };
  if (name === 'aws.account' || name === 'aws.region')
    return { what: 'there is no such cluster there, and an empty one would be made', wayOut: MOVE };
  const known = PROVISIONED[name];
  if (known === undefined) return REPLACES;
  return typeof known === 'function' ? known(change) : known;
}
