import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ClientAuthentication } from '../../../aws/client-authentication';
import type { IKafkaNetwork } from '../../../aws/kafka-network';
import type { EnvironmentModel } from '../../../core/model';
import type { DeclaredConnector, DeclaredPlugin, MskConnectModel } from '../../../core/msk-connect';
import type { IMskCluster } from '../../msk-cluster-base';
import { madeInside } from '../../private/made-inside';
import { KafkaConnectVersion } from '../kafka-connect-version';
import { MskConnectCapacity } from '../msk-connect-capacity';
import { MskConnectPlugin } from '../msk-connect-plugin';
import { MskConnector } from '../msk-connector';
import type { MskConnectorSecret } from '../msk-connector-secret';

export interface EnvironmentConnectorsProps {
  readonly model: EnvironmentModel;
  readonly connect: MskConnectModel;
  readonly cluster: IMskCluster;
  readonly network: IKafkaNetwork;
}

/** Plugins and connectors of an environment. What the file no longer names leaves the stack, and with it the service. */
export class EnvironmentConnectors extends Construct {
  /** In the order of the file. */
  public readonly connectors: readonly MskConnector[];

  public constructor(scope: Construct, id: string, props: EnvironmentConnectorsProps) {
    super(scope, id);
    const { model, connect } = props;
    const plugins = new Map(connect.plugins.map((plugin) => [plugin.name, this.plugin(plugin, model)]));
    this.connectors = connect.connectors.map((connector) =>
      this.connector(connector, plugins.get(connector.plugin)!, props),
    );
  }

  private plugin({ name, source }: DeclaredPlugin, model: EnvironmentModel): MskConnectPlugin {
    const id = `Plugin-${name}`;
    switch (source.kind) {
      case 'parts':
        return MskConnectPlugin._fromParts(this, id, source.parts, { command: `kdk plugins ${model.owner}` });
      case 'file':
        return MskConnectPlugin._fromFile(this, id, source.path);
      case 's3':
        return MskConnectPlugin.fromS3(this, id, {
          bucket: Bucket.fromBucketName(this, `Bucket-${name}`, source.bucket),
          key: source.key,
          ...(source.objectVersion === undefined ? {} : { objectVersion: source.objectVersion }),
        });
    }
  }

  private connector(
    connector: DeclaredConnector,
    plugin: MskConnectPlugin,
    props: EnvironmentConnectorsProps,
  ): MskConnector {
    const { model, connect, cluster, network } = props;
    const { principal, tasksMax } = connector;
    const listener = model.listeners.find(({ name }) => name === connect.listener)!;
    const made = new MskConnector(this, `Connector-${connector.name}`, {
      cluster,
      network,
      plugin,
      connectorName: connector.connectorName,
      connectorClass: connector.className,
      configuration: { ...connector.config },
      secrets: this.secrets(connector, props),
      ...(tasksMax === undefined ? {} : { tasksMax }),
      capacity: MskConnectCapacity._of(connector.capacity),
      kafkaConnectVersion: KafkaConnectVersion.of(connector.version),
      authentication: listener.authentication as ClientAuthentication,
      produce: [...(principal?.produce?.topics ?? [])],
      transactionalIds: [...(principal?.produce?.transactionalIds ?? [])],
      consume: [...(principal?.consume?.topics ?? [])],
      groups: [...(principal?.consume?.groups ?? [])],
      workerProperties: { ...connect.workerConfig },
      ...(connect.secretsProviderClass === undefined ? {} : { secretsProviderClass: connect.secretsProviderClass }),
    });
    const touched = [...(principal?.produce?.topics ?? []), ...(principal?.consume?.topics ?? [])];
    made.node.defaultChild!.node.addDependency(...madeInside(this.node.scope!, touched));
    return made;
  }

  private secrets(
    { name, secretConfig }: DeclaredConnector,
    { model, connect }: EnvironmentConnectorsProps,
  ): Record<string, MskConnectorSecret> {
    const { secretsKmsKey } = connect;
    const encryptionKey =
      secretsKmsKey === undefined ? undefined : Key.fromKeyArn(this, `SecretsKey-${name}`, secretsKmsKey);
    return Object.fromEntries(
      Object.entries(secretConfig)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([option, { secret, key }]): [string, MskConnectorSecret] => {
          const id = model.spec.secrets?.[secret]?.id ?? secret;
          return [
            option,
            {
              secret: Secret.fromSecretNameV2(this, `Secret-${name}-${option}`, id),
              key,
              ...(encryptionKey === undefined ? {} : { encryptionKey }),
            },
          ];
        }),
    );
  }
}
