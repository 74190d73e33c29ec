import { synthesised } from '../support/examples';

test('a cluster that another account reads is two stacks, one in each account, without a look-up', () => {
  const { stacks } = synthesised('10-msk-shared-across-accounts');
  const typesOf = (name: string): string[] => {
    const { template } = stacks.find(({ stackName }) => stackName === name)!;
    return Object.values((template as { Resources: Record<string, { Type: string }> }).Resources).map(
      ({ Type }) => Type,
    );
  };
  expect(stacks.map(({ stackName, environment }) => `${stackName} ${environment.account}`).sort()).toEqual([
    'Analytics 444455556666',
    'Platform 111122223333',
  ]);
  expect(typesOf('Platform')).toEqual(expect.arrayContaining(['AWS::MSK::Cluster', 'AWS::MSK::ClusterPolicy']));
  expect(typesOf('Analytics')).toEqual(
    expect.arrayContaining(['AWS::MSK::VpcConnection', 'AWS::IAM::Policy', 'Custom::KafkaBootstrapBrokers']),
  );
  for (const stack of stacks) expect(stack.assembly.manifest.missing ?? []).toEqual([]);
});
