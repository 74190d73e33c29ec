import { Stack, Tags, Token } from 'aws-cdk-lib/core';
import type { StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { EnvironmentModel } from '../../core/model';
import { refuse } from './construct-failure';

/** What the root stack of an environment is: its account and region, and never deleted by accident. */
export function environmentStackProps(model: EnvironmentModel): StackProps {
  const { account, region } = model.spec.aws ?? {};
  return {
    description: model.spec.description ?? `Apache Kafka environment ${model.name}`,
    terminationProtection: true,
    ...(account === undefined || region === undefined ? {} : { env: { account, region } }),
  };
}

/** Deploying an environment to another account or region than its own is refused. */
export function checkPlace(scope: Construct, model: EnvironmentModel): void {
  const stack = Stack.of(scope);
  const problems = (['account', 'region'] as const).flatMap((property) => {
    const wanted = model.spec.aws?.[property];
    const got = stack[property];
    if (wanted === undefined || got === wanted) return [];
    return [
      {
        property: `aws.${property}`,
        message: `the stack is not in the ${property} of the environment, got ${Token.isUnresolved(got) ? 'a stack without one' : got}; ${wanted} is allowed.`,
        hint: `Give the stack env: { account: '${model.spec.aws?.account ?? '111122223333'}', region: '${model.spec.aws?.region ?? 'eu-west-1'}' }.`,
      },
    ];
  });
  refuse(scope, 'AWS-PLACE', problems);
}

/** The tags of an environment, on everything whose tags may change. */
export function applyTags(scope: Construct, model: EnvironmentModel): void {
  for (const [key, value] of Object.entries(model.spec.aws?.tags ?? {})) {
    Tags.of(scope).add(key, value, { excludeResourceTypes: ['AWS::MSK::ServerlessCluster'] });
  }
}
