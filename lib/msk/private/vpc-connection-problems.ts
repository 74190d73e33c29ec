import { Token } from 'aws-cdk-lib/core';
import { ClientAuthentication } from '../../aws/client-authentication';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import { placeOf } from './grantee-account';

export interface VpcConnectionFacts {
  readonly clusterArn: string;
  readonly authentication: ClientAuthentication;
  readonly subnetIds: readonly string[];
  /** Of the stack; undefined while it is not known. */
  readonly region: string | undefined;
  /** How clients of the cluster prove who they are; undefined where only its ARN is known. */
  readonly clientAuthentications?: readonly ClientAuthentication[];
  /** Which of them the cluster lets in from other VPCs; undefined where that is not known. */
  readonly multiVpcAuthentications?: readonly ClientAuthentication[];
  /** How many subnets the brokers are in; undefined where that is not known. */
  readonly brokerSubnets?: number;
}

const POSSIBLE = [ClientAuthentication.IAM, ClientAuthentication.SCRAM_SHA_512, ClientAuthentication.MTLS];

/** Source: https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html, requirements and limitations, read 2026-11-26. */
export function vpcConnectionProblems(facts: VpcConnectionFacts): PropertyProblem[] {
  return [...clusterProblems(facts), ...authenticationProblems(facts), ...subnetProblems(facts)];
}

function clusterProblems({ clusterArn, region }: VpcConnectionFacts): PropertyProblem[] {
  if (Token.isUnresolved(clusterArn)) return [];
  const property = 'clusterArn';
  const [, uuid] = /^arn:aws[\w-]*:kafka:[\w-]+:\d{12}:cluster\/[\w-]+\/([\w-]+)$/.exec(clusterArn) ?? [];
  if (uuid === undefined)
    return [
      {
        property,
        message: `not the ARN of a cluster, got "${clusterArn}"; that of a provisioned cluster of Amazon MSK is allowed.`,
        hint: 'Take it from the console, or from the output ClusterArn of its stack.',
      },
    ];
  if (/-s\d+$/.test(uuid))
    return [
      {
        property,
        message: `a Serverless cluster has no multi-VPC connectivity, got "${clusterArn}"; a provisioned cluster is allowed.`,
        hint: 'Name the VPCs of its clients in the cluster itself.',
      },
    ];
  const there = placeOf(clusterArn)?.region;
  if (region === undefined || there === undefined || there === region) return [];
  return [
    {
      property,
      message: `the cluster is in another region, got a cluster in ${there} and a stack in ${region}; one region is allowed.`,
      hint: 'Put the clients into the region of the cluster, or replicate its topics to a cluster here.',
    },
  ];
}

function authenticationProblems(facts: VpcConnectionFacts): PropertyProblem[] {
  const { authentication, clientAuthentications = POSSIBLE, multiVpcAuthentications } = facts;
  const property = 'authentication';
  if (!POSSIBLE.includes(authentication))
    return [
      {
        property,
        message: `a connection is for clients that prove who they are, got ${authentication}; ${POSSIBLE.join(', ')} are allowed.`,
        hint: 'Use iam.',
      },
    ];
  if (!clientAuthentications.includes(authentication))
    return [
      {
        property,
        message: `the cluster has no such authentication, got ${authentication}; it has ${clientAuthentications.join(', ')}.`,
        hint: `Add ${authentication} to clientAuthentications of the cluster.`,
      },
    ];
  if (multiVpcAuthentications === undefined || multiVpcAuthentications.includes(authentication)) return [];
  return [
    {
      property,
      message: `the cluster does not let clients of other VPCs in with it, got ${authentication}; ${multiVpcAuthentications.join(', ') || 'none'} is switched on.`,
      hint: `Add ${authentication} to multiVpcAuthentications of the cluster.`,
    },
  ];
}

function subnetProblems({ subnetIds, brokerSubnets }: VpcConnectionFacts): PropertyProblem[] {
  const problem = (message: string, hint: string): PropertyProblem[] => [{ property: 'network', message, hint }];
  const twice = subnetIds.find((id, index) => subnetIds.indexOf(id) < index);
  if (twice !== undefined)
    return problem(
      `a subnet is named twice, got ${twice}; subnets of distinct zones are allowed.`,
      'Name one subnet for each zone of the brokers.',
    );
  const { length } = subnetIds;
  if (brokerSubnets === undefined ? length === 2 || length === 3 : length === brokerSubnets) return [];
  return problem(
    `not as many subnets as the brokers have, got ${length}; ${brokerSubnets ?? '2 or 3'}, one in each of their zones, are allowed.`,
    'Name one subnet for each zone of the brokers; zones are the same by their ids (euw1-az1), not by their names.',
  );
}
