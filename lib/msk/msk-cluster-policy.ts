import { Lazy, Resource, Stack } from 'aws-cdk-lib/core';
import {
  AccountPrincipal,
  ArnPrincipal,
  PolicyStatement,
  ServicePrincipal,
  type IPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { CfnClusterPolicy } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { KafkaGrants } from '../aws/kafka-grants';
import { refuse } from '../aws/private/construct-failure';
import type { MskClusterBase } from './msk-cluster-base';
import { policyProblems } from './private/cluster-policy-problems';
import { placeOf } from './private/grantee-account';

/** Properties of the policy of a cluster. */
export interface MskClusterPolicyProps {
  /** The cluster: one of this account. */
  readonly cluster: MskClusterBase;
  /**
   * Accounts, 12 digits each, whose identities may connect their VPCs to the cluster, as far as the policies of their own account let
   * them. It says nothing about topics.
   *
   * @default - none
   */
  readonly accounts?: string[];
  /**
   * ARNs of roles and users of other accounts that may connect their VPCs to the cluster, where whole accounts are too much.
   *
   * @default - none
   */
  readonly principalArns?: string[];
  /**
   * Let replicators of the service read from the cluster over its multi-VPC connectivity, which those of another region need.
   *
   * @default false
   */
  readonly replicators?: boolean;
}

const CONNECT = [
  'kafka:CreateVpcConnection',
  'kafka:GetBootstrapBrokers',
  'kafka:DescribeCluster',
  'kafka:DescribeClusterV2',
];
/** https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator-prepare-clusters.html */
const REPLICATE = ['kafka:CreateVpcConnection', 'kafka:GetBootstrapBrokers', 'kafka:DescribeClusterV2'];

/**
 * Who of other accounts may reach a cluster: the one policy that it has. It names the cluster, and those topics, groups and transactional
 * ids of it that were granted; the other account gives its identities the same rights by policies of its own, since both have to agree.
 *
 * A second policy of the same cluster is refused: the service has one, and the later would replace the earlier.
 */
export class MskClusterPolicy extends Resource {
  /**
   * Rights of principals of other accounts on topics, groups and transactional ids. What is granted to them by the `grants` of the cluster
   * comes here too.
   */
  public readonly grants: KafkaGrants;

  public constructor(scope: Construct, id: string, props: MskClusterPolicyProps) {
    super(scope, id);
    const { cluster, accounts = [], principalArns = [], replicators = false } = props;
    const account = cluster._rights.account;
    const here = placeOf(`arn:aws:::${Stack.of(this).account}:`)?.account;
    refuse(this, 'MSK-CLUSTER-POLICY', [
      ...(account !== undefined && here !== undefined && account !== here
        ? [
            {
              property: 'cluster',
              message: `the cluster is of another account than the stack, got a cluster of ${account} in a stack of ${here}; only its own account gives a cluster a policy.`,
              hint: 'Make the policy in a stack of that account.',
            },
          ]
        : []),
      ...policyProblems({ accounts, principalArns, account }),
    ]);
    cluster._rights.attach(this);
    this.grants = KafkaGrants._by((grantee, intent) => cluster._rights.grantByPolicy(grantee, intent));
    const connecting: IPrincipal[] = [
      ...accounts.map((one) => new AccountPrincipal(one)),
      ...principalArns.map((arn) => new ArnPrincipal(arn)),
    ];
    const allow = (principals: IPrincipal[], actions: string[]): PolicyStatement[] =>
      principals.length === 0 ? [] : [new PolicyStatement({ principals, actions, resources: [cluster.clusterArn] })];
    const statements = (): PolicyStatement[] => [
      ...allow(connecting, CONNECT),
      ...allow(replicators ? [new ServicePrincipal('kafka.amazonaws.com')] : [], REPLICATE),
      ...cluster._rights.statements,
    ];
    this.node.addValidation({
      validate: () =>
        statements().length > 0
          ? []
          : [
              'accounts: the policy lets nobody in, got no account, no principal and no grant; at least one is needed. Name accounts, or leave the policy out.',
            ],
    });
    new CfnClusterPolicy(this, 'Resource', {
      clusterArn: cluster.clusterArn,
      policy: Lazy.any({
        produce: () => ({
          Version: '2012-10-17',
          Statement: statements().map((statement) => statement.toStatementJson()),
        }),
      }),
    });
  }
}
