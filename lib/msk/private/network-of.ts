import type { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { KafkaNetwork, type IKafkaNetwork } from '../../aws/kafka-network';
import { refuse } from '../../aws/private/construct-failure';

export interface NetworkChoice {
  readonly vpc?: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly network?: IKafkaNetwork;
}

/** The network of a construct that takes either a VPC of the CDK or a network of the kit. */
export function networkOf(scope: IConstruct, { vpc, vpcSubnets, network }: NetworkChoice): IKafkaNetwork {
  if ((vpc === undefined) === (network === undefined)) {
    refuse(scope, 'NETWORK-CHOICE', [
      {
        property: 'vpc',
        message: `where the brokers live is not clear, got ${vpc === undefined ? 'neither vpc nor network' : 'both vpc and network'}; exactly one of them is allowed.`,
        hint: vpc === undefined ? 'Give vpc.' : 'Leave one out.',
      },
    ]);
  }
  return network ?? KafkaNetwork.fromVpc(vpc!, vpcSubnets);
}
