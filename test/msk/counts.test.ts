import { App } from 'aws-cdk-lib';
import { EnvironmentStack } from '../../bin/stacks/environment-stack';
import { KafkaEnvironment } from '../../lib/environment';
import { census, testStack } from '../support/cdk';
import { clusterIn } from '../support/msk';

const NETWORK = /^AWS::EC2::(VPC|VPCEndpoint|Subnet|RouteTable|SubnetRouteTableAssociation|FlowLog)$/;

/** Resources beside the network and the topics; the log and the role of a flow log count. */
function beside(counts: Record<string, number>): number {
  const kept = Object.entries(counts).filter(([type]) => !NETWORK.test(type) && type !== 'AWS::MSK::Topic');
  return kept.reduce((sum, [, count]) => sum + count, 0);
}

function environment(name: string): Record<string, number> {
  return census(new EnvironmentStack(new App(), KafkaEnvironment.fromFile(`environments/${name}.yaml`)));
}

describe('what a deploy makes', () => {
  test('of a cluster alone is at most 15 resources with one function', () => {
    const stack = testStack();
    clusterIn(stack);
    const counts = census(stack);
    expect(beside(counts)).toBeLessThanOrEqual(15);
    expect(counts['AWS::Lambda::Function']).toBe(1);
  });

  test('of production, with users, connectors and a reconciler, has two functions', () => {
    expect(environment('prod')['AWS::Lambda::Function']).toBe(2);
  });
});
