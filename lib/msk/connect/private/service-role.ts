import { Stack } from 'aws-cdk-lib/core';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { reviewedWildcards } from '../../../aws/private/reviewed';
import { policyDocument, type IamStatement } from '../../private/iam-statements';

export interface ServiceRoleProps {
  readonly description: string;
  /** The service that assumes it. */
  readonly service: string;
  /** What the service may assume it for: the ARN of one resource or a pattern. */
  readonly sourceArn: string;
  readonly statements: readonly IamStatement[];
  /** Why some of the names end with a wildcard. */
  readonly wildcards: string;
}

/**
 * A role for a part of Amazon MSK that acts in this account, for this account and this resource alone. Its rights stand in it, so that
 * whoever needs the role has the rights at once. Source: Amazon MSK developer guide, "Prevent cross-service confused deputy problem".
 */
export function serviceRole(scope: Construct, props: ServiceRoleProps): Role {
  const statements = props.statements.filter(({ resources }) => resources.length > 0);
  const document = policyDocument(statements);
  const role = new Role(scope, 'Role', {
    description: props.description,
    assumedBy: new ServicePrincipal(props.service, {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
        ArnLike: { 'aws:SourceArn': props.sourceArn },
      },
    }),
    ...(statements.length === 0 ? {} : { inlinePolicies: { Kafka: PolicyDocument.fromJson(document) } }),
  });
  reviewedWildcards(role, document, props.wildcards);
  return role;
}
