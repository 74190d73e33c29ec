import { readFileSync } from 'node:fs';
import { formatIssue } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import { desiredState } from '../core/plan';
import { TARGETS, type TargetName } from '../core/spec';
import { modelOrThrow, openEnvironment } from './open';
import { requireOwnCluster } from './own-cluster';

/** Options for reading an environment. */
export interface KafkaEnvironmentOptions {
  /**
   * Read the environment for another target than the one that it names.
   *
   * One of `msk`, `msk-serverless`, `ec2`, `kubernetes`, `hosts`, `local`.
   *
   * @default - the target that the file names
   */
  readonly target?: string;
}

/**
 * An environment: what is written in one YAML file and those that it extends, checked, with every default applied.
 *
 * Hand it to the constructs of a target, for example `new MskEnvironment(stack, 'Prod', { environment })`.
 */
export class KafkaEnvironment {
  /**
   * Reads an environment from a file.
   *
   * Throws one error that lists every issue with file, line and column where the environment is not valid, and refuses a file that adds to
   * the cluster of another (`cluster`): that one is the environment to deploy.
   *
   * @param path Path of the YAML file, absolute or from the working directory.
   */
  public static fromFile(path: string, options: KafkaEnvironmentOptions = {}): KafkaEnvironment {
    return KafkaEnvironment.read(path, (file) => readFileSync(file, 'utf8'), options);
  }

  /**
   * Reads an environment from a text; `extends` and `cluster` are not available there.
   *
   * Throws one error that lists every issue where the environment is not valid.
   */
  public static fromYaml(text: string, options: KafkaEnvironmentOptions = {}): KafkaEnvironment {
    const read = (file: string): string => {
      if (file === 'environment.yaml') return text;
      throw new Error('only the text itself can be read');
    };
    return KafkaEnvironment.read('environment.yaml', read, options);
  }

  /** @internal */
  public static _of(model: EnvironmentModel): KafkaEnvironment {
    return new KafkaEnvironment(model);
  }

  private static read(
    path: string,
    read: (file: string) => string,
    options: KafkaEnvironmentOptions,
  ): KafkaEnvironment {
    const { target } = options;
    if (target !== undefined && !(TARGETS as readonly string[]).includes(target)) {
      throw new Error(
        `target: not a known target, got ${JSON.stringify(target)}; one of ${TARGETS.join(', ')} is allowed.`,
      );
    }
    const opened = openEnvironment({ path, read, ...(target === undefined ? {} : { target: target as TargetName }) });
    const model = modelOrThrow(opened, formatIssue);
    if (model.brokersElsewhere === undefined) requireOwnCluster(model);
    return new KafkaEnvironment(model);
  }

  /** Name of the environment. */
  public readonly environmentName: string;
  /** Where it goes, for example `msk`. */
  public readonly target: string;
  /** @internal */
  public readonly _model: EnvironmentModel;

  /**
   * What the environment wants inside its running cluster (topics, access, users, quotas, connectors), as JSON and without a secret.
   *
   * For `kdk reconcile` and for the functions of `kafka-deployment-kit/reconciler`.
   */
  public desiredStateJson(): string {
    return JSON.stringify(desiredState(this._model));
  }

  private constructor(model: EnvironmentModel) {
    this.environmentName = model.brokersElsewhere?.environment ?? model.name;
    this.target = model.brokersElsewhere === undefined ? model.target : 'kubernetes';
    this._model = model;
  }
}
