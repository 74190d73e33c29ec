import { Names, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib/core';
import type { Connections, IConnectable, ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { CfnConnector } from 'aws-cdk-lib/aws-kafkaconnect';
import type { Construct } from 'constructs';
import { ClientAuthentication } from '../../aws/client-authentication';
import type { IKafkaNetwork } from '../../aws/kafka-network';
import { refuse } from '../../aws/private/construct-failure';
import { MAX_NAME_LENGTH, offsetTopic, workerPropertyProblems, type ConnectorCapacity } from '../../core/msk-connect';
import type { IMskCluster } from '../msk-cluster-base';
import type { MskLogs } from '../msk-logs';
import { claim } from '../private/claims';
import { mskPort } from '../private/ports';
import { logProblems, renderLogs } from '../private/rendered-logs';
import { KafkaConnectVersion } from './kafka-connect-version';
import { MskConnectCapacity } from './msk-connect-capacity';
import type { IMskConnectPlugin } from './msk-connect-plugin';
import { MskConnectWorkerConfiguration, type IMskConnectWorkerConfiguration } from './msk-connect-worker-configuration';
import type { MskConnectorSecret } from './msk-connector-secret';
import { clusterAccess } from './private/cluster-access';
import { connectorAuthentication, connectorProblems } from './private/connector-facts';
import { connectorStatements } from './private/connector-statements';
import { placeholders, secretStatements } from './private/secret-options';
import { serviceRole } from './private/service-role';

/** Properties of a connector. Capacity and options change in place; everything else replaces it, the old one being deleted first. */
export interface MskConnectorProps {
  /** The cluster that it reads from or writes to. */
  readonly cluster: IMskCluster;
  /** Its code; the service takes one plugin, so that converters and config providers are in it too. */
  readonly plugin: IMskConnectPlugin;
  /** Class of the connector. */
  readonly connectorClass: string;
  /**
   * Options of the connector by their names.
   *
   * @default - none beside class and tasks
   */
  readonly configuration?: Record<string, string>;
  /**
   * Options whose values are secrets; workers look them up when a task starts.
   *
   * @default - none
   */
  readonly secrets?: Record<string, MskConnectorSecret>;
  /**
   * Tasks at most; not with autoscaling, which sets the number by itself.
   *
   * @default 1
   */
  readonly tasksMax?: number;
  /**
   * How much it can do.
   *
   * @default - one worker of one unit
   */
  readonly capacity?: MskConnectCapacity;
  /**
   * The version of Kafka Connect.
   *
   * @default KafkaConnectVersion.V3_7
   */
  readonly kafkaConnectVersion?: KafkaConnectVersion;
  /**
   * Name of the connector. The position of a source and the group of a sink go by it: a connector that is replaced goes on under its name.
   *
   * @default - made from the path of the construct
   */
  readonly connectorName?: string;
  /**
   * Topics that it writes; a trailing `*` makes a prefix.
   *
   * @default - none
   */
  readonly produce?: string[];
  /**
   * Topics that it reads, as a member of the group `connect-NAME`; a trailing `*` makes a prefix.
   *
   * @default - none
   */
  readonly consume?: string[];
  /**
   * Further groups that it joins; a trailing `*` makes a prefix.
   *
   * @default - none
   */
  readonly groups?: string[];
  /**
   * Transactional ids that it uses; a trailing `*` makes a prefix.
   *
   * @default - none
   */
  readonly transactionalIds?: string[];
  /**
   * The worker configuration.
   *
   * @default - one of its own: JSON converters, a topic for offsets that stays when the connector is replaced, secrets where there are any
   */
  readonly workerConfiguration?: IMskConnectWorkerConfiguration;
  /**
   * Options of the workers beside those of its own worker configuration.
   *
   * @default - none
   */
  readonly workerProperties?: Record<string, string>;
  /**
   * Class of the config provider that looks secrets up; its jars must be in the plugin.
   *
   * @default 'com.amazonaws.kafka.config.providers.SecretsManagerConfigProvider'
   */
  readonly secretsProviderClass?: string;
  /**
   * How it logs in to the cluster: IAM or NONE.
   *
   * @default - IAM where the cluster has it, else NONE
   */
  readonly authentication?: ClientAuthentication;
  /**
   * The role that it acts in.
   *
   * @default - a role with exactly the rights that it needs
   */
  readonly role?: IRole;
  /**
   * Where the workers run; they need a way to the brokers and to what the connector connects to.
   *
   * @default - the network of the cluster
   */
  readonly network?: IKafkaNetwork;
  /**
   * Security groups of the workers; the brokers let them in.
   *
   * @default - one that lets nobody in
   */
  readonly securityGroups?: ISecurityGroup[];
  /**
   * Where the workers write their log.
   *
   * @default - a log group that keeps a month, and stays
   */
  readonly logs?: MskLogs;
  /**
   * What happens to the connector when it leaves the stack; it holds no data.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** A connector on MSK Connect, with a role that may do what it is there for and nothing else. */
export class MskConnector extends Resource implements IConnectable, IGrantable {
  /**
   * The ARN of the connector.
   *
   * @attribute
   */
  public readonly connectorArn: string;
  /** Name of the connector. */
  public readonly connectorName: string;
  /** The role that it acts in. */
  public readonly role: IRole;
  public readonly grantPrincipal: IPrincipal;
  public readonly connections: Connections;
  /** @internal */
  public readonly _capacity: ConnectorCapacity;

  public constructor(scope: Construct, id: string, props: MskConnectorProps) {
    super(scope, id);
    const { cluster, secrets = {}, workerProperties = {} } = props;
    const capacity = props.capacity ?? MskConnectCapacity.provisioned();
    this._capacity = capacity._capacity;
    const version = props.kafkaConnectVersion ?? KafkaConnectVersion.V3_7;
    const network = props.network ?? cluster.network;
    const authentication = props.authentication ?? connectorAuthentication(cluster.clientAuthentications);
    const { produce = [], consume = [] } = props;
    this.connectorName =
      props.connectorName ?? Names.uniqueResourceName(this, { maxLength: MAX_NAME_LENGTH, separator: '-' });
    const tasks = props.tasksMax ?? (capacity._capacity.kind === 'provisioned' ? 1 : undefined);
    const config: Record<string, string> = {
      'connector.class': props.connectorClass,
      ...(tasks === undefined ? {} : { 'tasks.max': String(tasks) }),
      ...props.configuration,
    };
    refuse(this, 'MSK-CONNECT-REFUSED', [
      ...connectorProblems({
        connectorName: this.connectorName,
        config,
        secretOptions: Object.keys(secrets).sort(),
        capacity: capacity._capacity,
        clusterAuthentications: cluster.clientAuthentications,
        authentication,
        ownRole: props.role === undefined,
        mayTouchTopics: produce.length + consume.length > 0,
        readsSecrets: props.workerConfiguration?.readsSecrets ?? true,
        saysWorkersTwice: props.workerConfiguration !== undefined && Object.keys(workerProperties).length > 0,
        subnetIds: network?.subnetIds,
      }),
      ...workerPropertyProblems(workerProperties, version.version).map(({ property, ...text }) => ({
        property: property.replace(/^properties/, 'workerProperties'),
        ...text,
      })),
      ...logProblems('logs', props.logs),
      ...claim(this, {
        within: this.node.root,
        what: 'a connector',
        name: this.connectorName,
        property: 'connectorName',
      }),
    ]);

    const { partition, region, account } = Stack.of(this);
    const intent = {
      connectorName: this.connectorName,
      config,
      produce,
      consume,
      groups: props.groups ?? [],
      transactionalIds: props.transactionalIds ?? [],
    };
    const exactlyOnce = (workerProperties['exactly.once.source.support'] ?? 'disabled') !== 'disabled';
    const statements = [
      ...(authentication === ClientAuthentication.IAM
        ? connectorStatements(cluster.clusterArn, intent, exactlyOnce)
        : []),
      ...secretStatements(secrets),
    ];
    this.role =
      props.role ??
      serviceRole(this, {
        description: `Connector ${this.connectorName}`,
        service: 'kafkaconnect.amazonaws.com',
        sourceArn: `arn:${partition}:kafkaconnect:${region}:${account}:connector/${this.connectorName}/*`,
        statements,
        wildcards:
          'Workers keep their state in topics and groups of one prefix, as the service names them; others are prefixes that the connector was given.',
      });
    this.grantPrincipal = this.role.grantPrincipal;
    const access = clusterAccess(this, {
      cluster,
      network: network!,
      port: mskPort(authentication!),
      description: `Connector ${this.connectorName}`,
      ...(props.securityGroups === undefined ? {} : { securityGroups: props.securityGroups }),
    });
    this.connections = access.connections;
    const workers =
      props.workerConfiguration ??
      new MskConnectWorkerConfiguration(this, 'Workers', {
        readsSecrets: Object.keys(secrets).length > 0,
        ...(props.secretsProviderClass === undefined ? {} : { secretsProviderClass: props.secretsProviderClass }),
        properties: { 'offset.storage.topic': offsetTopic(this.connectorName), ...workerProperties },
      });
    const connector = new CfnConnector(this, 'Resource', {
      connectorName: this.connectorName,
      connectorConfiguration: sorted({ ...config, ...placeholders(secrets, config) }),
      capacity: capacity._rendered,
      kafkaConnectVersion: version.version,
      kafkaCluster: {
        apacheKafkaCluster: {
          bootstrapServers: cluster.bootstrapServers(authentication!),
          vpc: {
            subnets: network!.subnetIds,
            securityGroups: access.securityGroups.map((group) => group.securityGroupId),
          },
        },
      },
      kafkaClusterClientAuthentication: {
        authenticationType: authentication === ClientAuthentication.IAM ? 'IAM' : 'NONE',
      },
      // Every listener of a cluster of this kit has TLS.
      kafkaClusterEncryptionInTransit: { encryptionType: 'TLS' },
      serviceExecutionRoleArn: this.role.roleArn,
      plugins: [
        {
          customPlugin: { customPluginArn: props.plugin.pluginArn, revision: props.plugin.pluginRevision },
        },
      ],
      workerConfiguration: {
        workerConfigurationArn: workers.workerConfigurationArn,
        revision: workers.workerConfigurationRevision,
      },
      // The log stays: a connector that cannot be made says why there, and the rollback would take it along.
      logDelivery: {
        workerLogDelivery: renderLogs(this, 'Logs', { logs: props.logs, removalPolicy: RemovalPolicy.RETAIN }),
      },
    });
    connector.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.DESTROY);
    // Workers connect to the brokers while the connector is made.
    connector.node.addDependency(...access.ingress);
    this.connectorArn = connector.attrConnectorArn;
  }
}

function sorted(config: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(config).sort(([left], [right]) => (left < right ? -1 : 1)));
}
