import { Token } from 'aws-cdk-lib/core';
import type { PropertyProblem } from '../../aws/private/construct-failure';

interface Attributes {
  readonly clusterArn: string;
  readonly clientAuthentications?: readonly string[];
  readonly multiVpcAuthentications?: readonly string[];
}

/** What cannot be the attributes of a cluster that is there. The last part of the ARN of a Serverless cluster ends with `-s1`, `-s2`, …. */
export function importedClusterProblems(
  kind: 'provisioned' | 'serverless',
  { clusterArn, clientAuthentications = ['iam'], multiVpcAuthentications = [] }: Attributes,
): PropertyProblem[] {
  return [...arnProblems(kind, clusterArn), ...authenticationProblems(clientAuthentications, multiVpcAuthentications)];
}

function arnProblems(kind: 'provisioned' | 'serverless', clusterArn: string): PropertyProblem[] {
  if (Token.isUnresolved(clusterArn)) return [];
  const [, last] = /^arn:aws[\w-]*:kafka:[\w-]+:\d{12}:cluster\/[\w-]+\/([\w-]+)$/.exec(clusterArn) ?? [];
  if (last === undefined)
    return [
      {
        property: 'clusterArn',
        message: `not the ARN of a cluster, got "${clusterArn}"; arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/ID is allowed.`,
        hint: 'Take it from the output ClusterArn of its stack, or from the console.',
      },
    ];
  const serverless = /-s\d+$/.test(last);
  if (serverless === (kind === 'serverless')) return [];
  return [
    {
      property: 'clusterArn',
      message: `not the ARN of a ${kind} cluster, got "${clusterArn}"; that of a ${kind} one is allowed.`,
      hint: `Use ${serverless ? 'MskServerlessCluster' : 'MskCluster'}.fromClusterAttributes.`,
    },
  ];
}

function authenticationProblems(has: readonly string[], multiVpc: readonly string[]): PropertyProblem[] {
  if (has.length === 0)
    return [
      {
        property: 'clientAuthentications',
        message: 'nobody could log in, got none of them; at least one is needed.',
        hint: 'Say how its clients prove who they are, or leave it out for iam.',
      },
    ];
  return multiVpc.flatMap((one, index) =>
    has.includes(one)
      ? []
      : [
          {
            property: `multiVpcAuthentications[${index}]`,
            message: `the cluster has no such authentication, got ${one}; it has ${has.join(', ')}.`,
            hint: `Add ${one} to clientAuthentications, or remove it here.`,
          },
        ],
  );
}
