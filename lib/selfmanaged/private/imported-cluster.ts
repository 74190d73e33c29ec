import { Resource, Token } from 'aws-cdk-lib/core';
import { Connections, Port } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { ClientAuthentication } from '../../aws/client-authentication';
import type { IKafkaCluster } from '../../aws/kafka-cluster';
import { KafkaGrants } from '../../aws/kafka-grants';
import { refuse } from '../../aws/private/construct-failure';
import { TARGET_ADAPTERS } from '../../core/model';
import type { Ec2KafkaClusterAttributes } from '../ec2-kafka-cluster-attributes';

/** A cluster that another stack made. */
export class ImportedEc2KafkaCluster extends Resource implements IKafkaCluster {
  public readonly connections: Connections;
  public readonly clientAuthentications: ClientAuthentication[];
  public readonly grants: KafkaGrants;

  public constructor(
    scope: Construct,
    id: string,
    private readonly attributes: Ec2KafkaClusterAttributes,
  ) {
    super(scope, id);
    this.clientAuthentications = Object.keys(attributes.bootstrapServers) as ClientAuthentication[];
    const [first] = this.clientAuthentications;
    if (first === undefined) {
      refuse(this, 'EC2-REFUSED', [
        {
          property: 'bootstrapServers',
          message: 'nobody could log in, got none of them; those of at least one authentication are needed.',
          hint: 'Take them from the outputs of the stack that makes the cluster.',
        },
      ]);
    }
    this.connections = new Connections({
      securityGroups: attributes.securityGroups ?? [],
      defaultPort: Port.tcp(portOf(first!, attributes.bootstrapServers[first!]!)),
    });
    this.grants = KafkaGrants._by(() => {
      refuse(this, 'EC2-REFUSED', [
        {
          property: 'grants',
          message: `rights are made by the stack that makes the cluster, got an imported one, ${attributes.clusterName}; a cluster of this app is allowed.`,
          hint: 'Grant there to Ec2KafkaClient.user(NAME), and let the role read its secret by grantClientSecretRead.',
        },
      ]);
      throw new Error('refused');
    });
  }

  public bootstrapServers(via: ClientAuthentication): string {
    const servers = this.attributes.bootstrapServers[via];
    if (servers === undefined) {
      refuse(this, 'EC2-NO-LISTENER', [
        {
          property: 'bootstrapServers',
          message: `the cluster has no listener with this authentication, got ${via}; it has ${this.clientAuthentications.join(', ')}.`,
          hint: `Add those of ${via} to the attributes.`,
        },
      ]);
    }
    return servers!;
  }
}

/** Of the first address, or where that is only known while deploying the usual one. */
function portOf(authentication: ClientAuthentication, servers: string): number {
  const port = Token.isUnresolved(servers) ? undefined : /:(\d+)(,|$)/.exec(servers)?.[1];
  return port === undefined ? TARGET_ADAPTERS.ec2.clientPort(`${authentication}` as const, 0) : Number(port);
}
