import { App, Stack, type StackProps } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';

export const PLACE = { account: '111122223333', region: 'eu-west-1' };

/** A stack in the account and region of the environments. */
export function testStack(props: StackProps = { env: PLACE }): Stack {
  return new Stack(new App(), 'Test', props);
}

type Resource = { Type: string; Properties: Record<string, unknown>; DeletionPolicy?: string };

/** The resources of a type, by logical id. */
export function resourcesOf(stack: Stack, type: string): Resource[] {
  return Object.values(Template.fromStack(stack).findResources(type)) as Resource[];
}

/** How many resources of each type a stack has. */
export function census(stack: Stack): Record<string, number> {
  const counts: Record<string, number> = {};
  const { Resources: resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> };
  for (const { Type: type } of Object.values(resources)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** The texts of the warnings of a stack. */
export function warningsOf(stack: Stack): string[] {
  return stack.node
    .findAll()
    .flatMap((construct) =>
      construct.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data)),
    );
}
