import { Lazy, Token, type CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ClientAuthentication } from '../../aws';
import type { ClusterIdentity } from './cluster-identity';
import { ControlFunction } from './control-function';

/** Names of the strings in the answer of `kafka:GetBootstrapBrokers`. */
export const BOOTSTRAP_STRINGS: Readonly<Record<`${ClientAuthentication}`, string | undefined>> = {
  iam: 'BootstrapBrokerStringSaslIam',
  'scram-sha-512': 'BootstrapBrokerStringSaslScram',
  mtls: 'BootstrapBrokerStringTls',
  none: 'BootstrapBrokerStringTls',
  oauthbearer: undefined,
};

/** The same for clients in other VPCs, which come through a connection that the service manages. */
export const MULTI_VPC_STRINGS: Readonly<Record<`${ClientAuthentication}`, string | undefined>> = {
  iam: 'BootstrapBrokerStringVpcConnectivitySaslIam',
  'scram-sha-512': 'BootstrapBrokerStringVpcConnectivitySaslScram',
  mtls: 'BootstrapBrokerStringVpcConnectivityTls',
  none: undefined,
  oauthbearer: undefined,
};

export interface BootstrapBrokersProps {
  readonly cluster: ClusterIdentity;
  readonly authentications: readonly string[];
  /** Anything that changes when the cluster does, so that the strings are read again. */
  readonly clusterVersion?: string;
  /** The resource that changes settings which bring strings with them, and what it is told. */
  readonly after?: { readonly resource: CfnResource; readonly multiVpc: readonly string[] };
}

/**
 * The bootstrap strings of a cluster, which CloudFormation does not return. Always defined, once a cluster and under one id, so that
 * reading a string never adds or renames a resource; it only tells the resource that the string must be there.
 */
export class BootstrapBrokers extends Construct {
  private readonly resource: CfnResource;
  private readonly strings = new Set<string>();

  public constructor(scope: Construct, id: string, props: BootstrapBrokersProps) {
    super(scope, id);
    const { cluster, authentications, clusterVersion, after } = props;
    this.resource = ControlFunction.of(this).resource(this, 'Resource', {
      type: 'Custom::KafkaBootstrapBrokers',
      clusterArn: cluster.clusterArn,
      properties: {
        Strings: Lazy.list({ produce: () => [...this.strings].sort() }),
        Authentications: [...authentications].sort().join(','),
        ...(clusterVersion === undefined ? {} : { ClusterVersion: clusterVersion }),
        ...(after === undefined ? {} : { MultiVpc: after.multiVpc }),
      },
      rights: [
        // The action has no resource type: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmanagedstreamingforapachekafka.html
        { actions: ['kafka:GetBootstrapBrokers'], resources: ['*'] },
        { actions: ['kafka:DescribeClusterV2'], resources: [cluster.rightsArn] },
      ],
    });
    if (after !== undefined) this.resource.node.addDependency(after.resource);
  }

  public read(name: string): string {
    this.strings.add(name);
    return Token.asString(this.resource.getAtt(name));
  }
}
