import { Duration } from 'aws-cdk-lib/core';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { KafkaNetwork } from '../../../aws/kafka-network';
import type { EnvironmentModel } from '../../../core/model';
import { declaredReplicators, type DeclaredReplicator } from '../../../core/msk-connect';
import { contentHash } from '../../connect/private/content-name';
import { ImportedMskCluster } from '../../private/imported-cluster';
import type { IMskCluster } from '../../msk-cluster-base';
import { madeInside } from '../../private/made-inside';
import { MskReplicator, MskReplicatorTopicNaming } from '../msk-replicator';

export interface EnvironmentReplicatorsProps {
  readonly model: EnvironmentModel;
  /** The cluster of the environment, which receives. */
  readonly cluster: IMskCluster;
}

/** Mirrors of an environment. What the file no longer names leaves the stack, and with it the service; what was copied stays. */
export class EnvironmentReplicators extends Construct {
  /** In the order of the file. */
  public readonly replicators: readonly MskReplicator[];

  public constructor(scope: Construct, id: string, { model, cluster }: EnvironmentReplicatorsProps) {
    super(scope, id);
    this.replicators = declaredReplicators(model).map((replicator) => this.replicator(replicator, model, cluster));
  }

  private replicator(declared: DeclaredReplicator, model: EnvironmentModel, target: IMskCluster): MskReplicator {
    const { name, sourceArn, subnetIds, securityGroupIds, topics, groups, identicalNames, maxLagSeconds } = declared;
    const source = new ImportedMskCluster(this, `Source-${name}`, {
      kind: /-s\d+$/.test(sourceArn) ? 'serverless' : 'provisioned',
      attributes: { clusterArn: sourceArn },
    });
    const securityGroups = securityGroupIds.map((group) =>
      SecurityGroup.fromSecurityGroupId(this, `Source-${name}-${group}`, group, { mutable: false }),
    );
    const replicator = new MskReplicator(this, `Mirror-${name}`, {
      source: {
        cluster: source,
        // The VPC is told by its subnets, and no group is made in it.
        network: KafkaNetwork.fromIds('', [...subnetIds]),
        ...(securityGroups.length === 0 ? {} : { securityGroups }),
      },
      target: { cluster: target },
      topics: [...topics],
      groups: [...groups],
      maxTimeLag: Duration.seconds(maxLagSeconds),
      topicNaming: identicalNames ? MskReplicatorTopicNaming.IDENTICAL : MskReplicatorTopicNaming.PREFIXED,
      // What these change makes another replicator, and the old one has its name until it is gone.
      replicatorName: `${model.name}-${name}-${contentHash(this, { sourceArn, subnetIds, securityGroupIds, identicalNames })}`,
    });
    // Topics of the stack are made by it: a copy that came first would be in their way.
    replicator.node.defaultChild!.node.addDependency(
      ...madeInside(this.node.scope!, identicalNames ? [...topics] : []),
    );
    return replicator;
  }
}
