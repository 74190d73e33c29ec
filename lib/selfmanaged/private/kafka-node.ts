import { Fn, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate, CfnNetworkInterface, CfnVolume } from 'aws-cdk-lib/aws-ec2';
import { CfnInstanceProfile, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { acknowledgeNamedZones } from '../../aws/private/named-zones';
import { reviewed, reviewedWildcards } from '../../aws/private/reviewed';
import { trustOf } from '../../aws/private/statements';
import { architectureOf, machineImage, nodeGroupName, volumePerformance } from '../../core/ec2';
import type { EnvironmentModel, NodeModel } from '../../core/model';
import { GIB } from '../../core/units';
import { renderHost } from '../../host';
import { bootScript, LIFECYCLE_HOOK } from './boot-script';
import { lifecycleUnit, nodeUnit } from './instance/units';
import { nodeFiles } from './node-files';
import { CLUSTER_TAG, DATA_TAG, NODE_TAG } from './node-identity';
import { nodePolicy } from './node-policy';
import { placeOfNode, userData } from './user-data';

/** A controlled shutdown has ten minutes (TimeoutStopSec of kafka.service); then the group ends the instance anyway. */
const SHUTDOWN_SECONDS = 900;

export interface KafkaNodeProps {
  readonly model: EnvironmentModel;
  readonly node: NodeModel;
  readonly availabilityZone: string;
  readonly subnetId: string;
  readonly securityGroupId: string;
  readonly instanceType: string;
  readonly hostedZoneId: string;
  readonly keyArn: string;
  readonly packages: string;
}

/**
 * One node: a network interface, volumes and a DNS name that stay, and an Auto Scaling group of one in the same zone whose instances come
 * and go. A new instance attaches what its forerunner had, so it needs minutes to catch up and not hours to copy.
 */
export class KafkaNode extends Construct {
  /** ARN of the secret with its certificate. */
  public readonly secretArn: string;
  /** Name of its Auto Scaling group. */
  public readonly groupName: string;
  public readonly volumeIds: string[];

  public constructor(scope: Construct, id: string, props: KafkaNodeProps) {
    super(scope, id);
    acknowledgeNamedZones(this);
    const { model, node, availabilityZone } = props;
    const { region, account, partition } = Stack.of(this);
    const name = `${model.name}-${node.name}`;
    const tags = [{ key: 'Name', value: name }];

    const networkInterface = new CfnNetworkInterface(this, 'Interface', {
      subnetId: props.subnetId,
      groupSet: [props.securityGroupId],
      description: `Kafka node ${name}`,
      tags,
    });
    const performance = volumePerformance(model, node.pool);
    this.volumeIds = node.pool.volumeBytes.map((bytes, index) => {
      const volume = new CfnVolume(this, `Volume${index + 1}`, {
        availabilityZone,
        volumeType: 'gp3',
        size: Math.ceil(bytes / GIB),
        throughput: performance.throughputMiBps,
        iops: performance.iops,
        encrypted: true,
        kmsKeyId: props.keyArn,
        tags: [...tags, { key: DATA_TAG, value: model.name }],
      });
      volume.applyRemovalPolicy(RemovalPolicy.RETAIN);
      return volume.attrVolumeId;
    });
    const record = new CfnRecordSet(this, 'Name', {
      hostedZoneId: props.hostedZoneId,
      name: node.host,
      type: 'A',
      ttl: '60',
      resourceRecords: [networkInterface.attrPrimaryPrivateIpAddress],
    });
    const secret = new CfnSecret(this, 'Certificate', {
      name: `kafka/${model.name}/${node.name}`,
      description: `Certificate of the Kafka node ${name}: a JSON object with the keys node.pem and ca.crt`,
      kmsKeyId: props.keyArn,
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.secretArn = secret.attrId;
    reviewed(secret, { SMG4: 'A certificate of an authority outside of AWS: whoever signs it writes the next one.' });

    const files = nodeFiles(this, 'Files', [
      ...renderHost(model, node),
      { path: 'boot.sh', content: bootScript(model, node), executable: true },
      { path: 'kafka-node.service', content: nodeUnit(model, node) },
      { path: 'kafka-lifecycle.service', content: lifecycleUnit(model, node) },
    ]);
    const place = {
      group: nodeGroupName(model, node),
      parameter: `/kafka/${model.name}/${node.name}`,
      nodeTag: name,
      region,
      account,
      partition,
      networkInterfaceId: networkInterface.attrId,
      volumeIds: this.volumeIds,
      secretArn: secret.attrId,
      secretId: secret.attrId,
      keyArn: props.keyArn,
      packages: props.packages,
      files,
    };
    const parameter = new CfnParameter(this, 'Place', {
      name: place.parameter,
      description: `What instances of the Kafka node ${name} are made of; read by boot.sh`,
      type: 'String',
      value: placeOfNode(place),
    });
    const policyDocument = nodePolicy(place);
    const role = new CfnRole(this, 'Role', {
      description: `Kafka node ${name}`,
      assumeRolePolicyDocument: trustOf('ec2'),
      policies: [{ policyName: 'kafka-node', policyDocument }],
    });
    reviewedWildcards(
      role,
      policyDocument,
      'An instance and a group have no id before they are there, describing and the agent of Session Manager have no resource, and the packages of Kafka lie below one prefix.',
    );
    const profile = new CfnInstanceProfile(this, 'Profile', { roles: [role.ref] });
    const template = new CfnLaunchTemplate(this, 'Template', {
      launchTemplateData: {
        imageId: `resolve:ssm:${machineImage(model.spec, architectureOf(props.instanceType))}`,
        instanceType: props.instanceType,
        iamInstanceProfile: { arn: profile.attrArn },
        securityGroupIds: [props.securityGroupId],
        // The group ends its instances all the same; a slip in a console does not.
        disableApiTermination: true,
        // Nothing on the instance but the instance itself gets at its role.
        metadataOptions: {
          httpTokens: 'required',
          httpPutResponseHopLimit: 1,
          httpEndpoint: 'enabled',
          instanceMetadataTags: 'disabled',
        },
        blockDeviceMappings: [
          {
            deviceName: '/dev/xvda',
            ebs: { volumeType: 'gp3', volumeSize: 20, encrypted: true, kmsKeyId: props.keyArn },
          },
        ],
        tagSpecifications: ['instance', 'volume'].map((resourceType) => ({
          resourceType,
          tags: [...tags, { key: NODE_TAG, value: name }, { key: CLUSTER_TAG, value: model.name }],
        })),
        userData: Fn.base64(userData(place)),
      },
    });
    const group = new CfnAutoScalingGroup(this, 'Group', {
      autoScalingGroupName: place.group,
      minSize: '1',
      maxSize: '1',
      vpcZoneIdentifier: [props.subnetId],
      launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
      healthCheckType: 'EC2',
      // A new instance can do nothing before the old one has let go.
      instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
      lifecycleHookSpecificationList: [
        {
          lifecycleHookName: LIFECYCLE_HOOK,
          lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
          heartbeatTimeout: SHUTDOWN_SECONDS,
          defaultResult: 'CONTINUE',
        },
      ],
      tags: [{ key: 'Name', value: name, propagateAtLaunch: true }],
    });
    // What an instance looks for first; without its name install.sh refuses.
    group.node.addDependency(parameter, record);
    this.groupName = group.ref;
    reviewed(group, { AS3: 'A group of one that never scales: that a node is gone is what the cluster itself tells.' });
  }
}
