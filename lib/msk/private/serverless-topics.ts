import { Names } from 'aws-cdk-lib/core';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { ClientAuthentication } from '../../aws/client-authentication';
import type { IKafkaNetwork } from '../../aws/kafka-network';
import { DeclaredState, type Declarations } from '../../aws/private/declared-state';
import type { EnvironmentSpec } from '../../core/spec';
import { mskPort } from './ports';
import { reconcilerStatements } from './reconciler-rights';

export interface ServerlessTopicsProps {
  readonly clusterArn: string;
  readonly bootstrapServers: string;
  readonly network: IKafkaNetwork;
  readonly securityGroup: ISecurityGroup;
}

/** Topics of a Serverless cluster, which has none in CloudFormation. */
export function serverlessTopics(scope: Construct, id: string, props: ServerlessTopicsProps): DeclaredState {
  const name = Names.uniqueResourceName(scope, { maxLength: 40, separator: '-' }).toLowerCase();
  return new DeclaredState(scope, id, {
    spec: (declared) => topicsSpec(name, declared),
    topicCode: 'MSK-TOPIC-REFUSED',
    reconciler: {
      bootstrapServers: props.bootstrapServers,
      authentication: ClientAuthentication.IAM,
      network: props.network,
      brokers: props.securityGroup,
      port: mskPort(ClientAuthentication.IAM),
      statements: reconcilerStatements(props.clusterArn),
    },
  });
}

function topicsSpec(name: string, { topics, acknowledge }: Declarations): EnvironmentSpec {
  return {
    name,
    target: 'msk-serverless',
    // The service runs a version of its own; this is the last one that knows every topic option which it takes.
    kafka: { version: '3.9' },
    nodePools: { brokers: { roles: ['broker'], replicas: 3 } },
    listeners: { internal: { authentication: 'iam' } },
    topics,
    acknowledge,
  };
}
