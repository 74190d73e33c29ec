import { Names, RemovalPolicy, Resource } from 'aws-cdk-lib/core';
import { CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { refuse } from '../aws/private/construct-failure';
import { clusterNameRefusals, type MskBrokerType } from '../core/msk';
import { kafkaRelease } from '../core/versions';
import type { KafkaVersion } from '../core/versions/kafka-version';
import {
  configurationProblems,
  defaultConfiguration,
  revisionDescription,
  serverProperties,
} from './private/configuration';
import { literalProblems } from '../aws/private/literals';

/** Brokers that a configuration is for; each kind takes options of its own. */
export enum MskBrokerKind {
  /** Standard brokers. */
  STANDARD = 'standard',
  /** Express brokers. */
  EXPRESS = 'express',
}

/** Broker options of Amazon MSK clusters, ours or imported. */
export interface IMskConfiguration {
  /** The ARN of the configuration. */
  readonly configurationArn: string;
  /** The revision that clusters use. */
  readonly configurationRevision: number;
}

/** Properties of a configuration. */
export interface MskConfigurationProps {
  /** The Apache Kafka version of the clusters; the options are those that it has. */
  readonly kafkaVersion: KafkaVersion;
  /**
   * The brokers that it is for.
   *
   * @default MskBrokerKind.STANDARD
   */
  readonly brokers?: MskBrokerKind;
  /**
   * Broker options by their Kafka names; they override those of the kit, which are for three brokers and more.
   *
   * @default - the production defaults of the kit
   */
  readonly options?: Record<string, string>;
  /**
   * Name of the configuration; another name replaces it.
   *
   * @default - made from the path of the construct
   */
  readonly configurationName?: string;
  /**
   * What the configuration is for.
   *
   * @default - the path of the construct
   */
  readonly description?: string;
  /**
   * What happens to it when it leaves the stack; the service refuses to delete one that a cluster uses.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Attributes of a configuration that is there already. */
export interface MskConfigurationAttributes {
  /** The ARN of the configuration. */
  readonly configurationArn: string;
  /** The revision that clusters use. */
  readonly configurationRevision: number;
}

/**
 * Broker options that several clusters share. Another content makes another revision, which the clusters of the stack follow by
 * themselves. No versions are pinned: that list can never change, and would hold up an upgrade.
 */
export class MskConfiguration extends Resource implements IMskConfiguration {
  /** A configuration that is there already; its options are not known and so not checked. */
  public static fromConfigurationAttributes(
    _scope: Construct,
    _id: string,
    attributes: MskConfigurationAttributes,
  ): IMskConfiguration {
    return { ...attributes };
  }

  public readonly configurationArn: string;
  public readonly configurationRevision: number;
  /** Name of the configuration. */
  public readonly configurationName: string;
  /** @internal */
  public readonly _options: Readonly<Record<string, string>>;
  /** @internal */
  public readonly _brokerType: MskBrokerType;

  public constructor(scope: Construct, id: string, props: MskConfigurationProps) {
    super(scope, id);
    const release = kafkaRelease(props.kafkaVersion.version)!;
    const options = props.options ?? {};
    this._brokerType = `${props.brokers ?? MskBrokerKind.STANDARD}`;
    this.configurationName =
      props.configurationName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    const unknown = literalProblems({ configurationName: props.configurationName });
    refuse(this, 'MSK-REFUSED', unknown);
    refuse(this, 'MSK-REFUSED', [
      ...[...clusterNameRefusals(this.configurationName)].map(({ message, hint }) => ({
        property: 'configurationName',
        message: message.replace('a name for a cluster', 'a name for a configuration'),
        hint,
      })),
      ...configurationProblems('options', { options, release, brokerType: this._brokerType }),
    ]);
    const brokers = { brokerType: this._brokerType, count: 3, instanceType: '' };
    this._options = { ...defaultConfiguration(release, brokers, 3), ...options };
    const properties = serverProperties(this._options);
    const resource = new CfnConfiguration(this, 'Resource', {
      name: this.configurationName,
      description: revisionDescription(props.description ?? `Broker options of ${this.node.path}`, properties),
      serverProperties: properties,
    });
    resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    this.configurationArn = resource.attrArn;
    this.configurationRevision = resource.attrLatestRevisionRevision;
  }
}
