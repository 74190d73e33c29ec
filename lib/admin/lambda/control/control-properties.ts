import type { CloudFormationEvent } from '../cloudformation-event';

/** Properties of a custom resource of the control function. */
export interface ControlProperties {
  readonly ClusterArn: string;
  readonly Region: string;
}

/** Bootstrap strings; anything else among the properties is there so that a change of it has them read again. */
export interface BootstrapProperties extends ControlProperties {
  /** Names of the strings that the template reads: each must be in the answer. */
  readonly Strings: readonly string[];
}

/** Settings that the service takes only after the cluster was made; an absent one is left as it is. */
export interface SettingsProperties extends ControlProperties {
  /** Authentications that clients in other VPCs may use; an empty list switches them off. */
  readonly MultiVpc?: readonly string[];
}

/** Secrets of users with a password. */
export interface ScramProperties extends ControlProperties {
  readonly SecretArns: readonly string[];
}

/** The types of custom resources, as templates have them. */
export interface ControlResources {
  'Custom::KafkaBootstrapBrokers': BootstrapProperties;
  'Custom::KafkaClusterSettings': SettingsProperties;
  'Custom::KafkaScramSecrets': ScramProperties;
}

export type ControlEvent<Type extends keyof ControlResources = keyof ControlResources> = CloudFormationEvent<
  ControlResources[Type]
>;
