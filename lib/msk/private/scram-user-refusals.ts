import { Token } from 'aws-cdk-lib/core';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import { scramUserProblems } from '../../core/msk/scram-users';
import type { IMskCluster } from '../msk-cluster-base';
import { claim } from './claims';

/** Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html, read 2026-11-26. */
const MOST_DAYS = 1000;

export interface AskedUsers {
  readonly cluster: IMskCluster;
  readonly users: readonly { readonly userName: string; readonly secret?: ISecret }[];
  readonly rotationDays?: number;
}

/** Why users could not be made, or would undo those of another construct. */
export function scramUserRefusals(
  scope: IConstruct,
  { cluster, users, rotationDays }: AskedUsers,
  prefix: string,
): PropertyProblem[] {
  const problems = scramUserProblems({
    authentications: cluster.clientAuthentications,
    prefix,
    users: users.map(({ userName: name, secret }) => {
      const arn = secret?.secretFullArn ?? secret?.secretArn;
      return { name, ...(arn === undefined || Token.isUnresolved(arn) ? {} : { secretArn: arn }) };
    }),
  }).map(({ subject, index, message, hint }) => ({
    property: `${subject}${index === undefined ? '' : `[${index}]`}`,
    message,
    hint,
  }));
  const taken = claim(scope, {
    within: scope.node.root,
    what: 'the users of the cluster',
    name: cluster.clusterArn,
    property: 'cluster',
  });
  return [
    ...problems,
    ...(rotationDays === undefined || (Number.isInteger(rotationDays) && rotationDays >= 1 && rotationDays <= MOST_DAYS)
      ? []
      : [
          {
            property: 'rotationDays',
            message: `not a number of days that Secrets Manager takes, got ${rotationDays}; 1 to ${MOST_DAYS} are allowed.`,
            hint: 'Use 90, for example.',
          },
        ]),
    ...taken.map(() => ({
      property: 'cluster',
      message: `the cluster has its users from another construct already, got a second one for ${cluster.node.path}; one is allowed.`,
      hint: 'Put all of its users into one.',
    })),
  ];
}
