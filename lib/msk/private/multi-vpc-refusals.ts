import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { MskClusterFacts } from '../../core/msk';
import { multiVpcProblems } from '../../core/msk/multi-vpc';
import type { MskClusterProps } from '../msk-cluster-props';
import { MskConfiguration } from '../msk-configuration';

/** Why clients in other VPCs could not reach the cluster. */
export function multiVpcRefusals(
  { multiVpcAuthentications: wanted = [], configuration, sharedConfiguration: shared }: MskClusterProps,
  { authentications, brokers }: MskClusterFacts,
): PropertyProblem[] {
  const options = shared instanceof MskConfiguration ? shared._options : (configuration ?? {});
  // What an imported configuration holds is not known.
  const known = shared === undefined || shared instanceof MskConfiguration;
  return multiVpcProblems({
    wanted,
    authentications,
    instanceType: brokers.instanceType,
    ...(known ? { option: (name: string) => options[name] } : {}),
  }).map(({ index, message, hint }) => ({
    property: `multiVpcAuthentications${index === undefined ? '' : `[${index}]`}`,
    message,
    hint,
  }));
}
