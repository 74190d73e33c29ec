import { Fn, Resource, Stack } from 'aws-cdk-lib/core';
import { CfnWorkerConfiguration } from 'aws-cdk-lib/aws-kafkaconnect';
import type { Construct } from 'constructs';
import { refuse } from '../../aws/private/construct-failure';
import { renderProperties } from '../../core/config/properties';
import {
  DEFAULT_SECRETS_PROVIDER_CLASS,
  secretsProviderProperties,
  workerPropertyProblems,
} from '../../core/msk-connect';
import { contentName } from './private/content-name';

/** A worker configuration of MSK Connect, ours or imported. */
export interface IMskConnectWorkerConfiguration {
  /** The ARN of the worker configuration. */
  readonly workerConfigurationArn: string;
  /** Its revision. */
  readonly workerConfigurationRevision: number;
  /** Whether its workers look up secrets that the options of a connector refer to. */
  readonly readsSecrets: boolean;
}

/** Properties of a worker configuration. Every change makes another one, and replaces the connectors that use it. */
export interface MskConnectWorkerConfigurationProps {
  /**
   * Options of the workers by their Kafka names.
   *
   * @default - JSON converters
   */
  readonly properties?: Record<string, string>;
  /**
   * Let workers look up secrets in AWS Secrets Manager. The jars of the config provider must be in the plugin of the connector.
   *
   * @default false
   */
  readonly readsSecrets?: boolean;
  /**
   * Class of the config provider that looks secrets up.
   *
   * @default 'com.amazonaws.kafka.config.providers.SecretsManagerConfigProvider'
   */
  readonly secretsProviderClass?: string;
  /**
   * What it is for.
   *
   * @default - nothing is said
   */
  readonly description?: string;
}

const JSON_CONVERTER = 'org.apache.kafka.connect.json.JsonConverter';

/** Options of the workers of a connector on MSK Connect. */
export class MskConnectWorkerConfiguration extends Resource implements IMskConnectWorkerConfiguration {
  /** A worker configuration that is there already. */
  public static fromWorkerConfigurationArn(
    workerConfigurationArn: string,
    revision: number = 1,
  ): IMskConnectWorkerConfiguration {
    return { workerConfigurationArn, workerConfigurationRevision: revision, readsSecrets: true };
  }

  /**
   * The ARN of the worker configuration.
   *
   * @attribute
   */
  public readonly workerConfigurationArn: string;
  public readonly workerConfigurationRevision: number;
  public readonly readsSecrets: boolean;

  public constructor(scope: Construct, id: string, props: MskConnectWorkerConfigurationProps = {}) {
    super(scope, id);
    this.readsSecrets = props.readsSecrets ?? false;
    const { properties = {} } = props;
    refuse(this, 'MSK-CONNECT-WORKER', [
      ...workerPropertyProblems(properties),
      ...(this.readsSecrets && properties['config.providers'] !== undefined
        ? [
            {
              property: 'properties["config.providers"]',
              message: `the config providers are said twice, got "${properties['config.providers']}" and readsSecrets; one of them is allowed.`,
              hint: 'Remove one.',
            },
          ]
        : []),
    ]);
    const all = {
      'key.converter': JSON_CONVERTER,
      'value.converter': JSON_CONVERTER,
      ...(this.readsSecrets
        ? secretsProviderProperties(props.secretsProviderClass ?? DEFAULT_SECRETS_PROVIDER_CLASS, Stack.of(this).region)
        : {}),
      ...properties,
    };
    const text = renderProperties(Object.entries(all).sort(([left], [right]) => (left < right ? -1 : 1)));
    const configuration = new CfnWorkerConfiguration(this, 'Resource', {
      name: contentName(this, [text, props.description]),
      propertiesFileContent: Fn.base64(text),
      ...(props.description === undefined ? {} : { description: props.description }),
    });
    this.workerConfigurationArn = configuration.attrWorkerConfigurationArn;
    this.workerConfigurationRevision = configuration.attrRevision;
  }
}
