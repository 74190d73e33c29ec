import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { bootstrapConfigMap, POD_BOOTSTRAP } from '../../lib/core/config';
import {
  authoritySecret,
  iamRoleArn,
  podBootstrap,
  type EnvironmentModel,
  type ListenerModel,
} from '../../lib/core/model';
import { objectLabels, type Workload } from './labels';
import type { PodFile } from './pod';

/** A variable with the bootstrap servers of a listener. */
export function bootstrapVariable(name: string, model: EnvironmentModel, listener: ListenerModel): k8s.EnvVar {
  const bootstrap = podBootstrap(model, listener);
  return 'value' in bootstrap
    ? { name, value: bootstrap.value }
    : { name, valueFrom: { configMapKeyRef: { name: bootstrap.configMap, key: bootstrap.key } } };
}

/** Where `bootstrapPlaceholder` reads from; nothing where all bootstrap servers are known. */
export function bootstrapFiles(model: EnvironmentModel): PodFile[] {
  const name = bootstrapConfigMap(model);
  return name === undefined ? [] : [{ volume: { name: 'bootstrap', configMap: { name } }, mountPath: POD_BOOTSTRAP }];
}

/** The certificate of the authority, without the private keys that may lie in the same Secret; nothing where Java trusts it already. */
export function authorityFiles(model: EnvironmentModel, mountPath: string): PodFile[] {
  const secretName = authoritySecret(model);
  return secretName === undefined
    ? []
    : [{ volume: { name: 'ca', secret: { secretName, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }, mountPath }];
}

export interface ServiceAccountOptions {
  readonly name: string;
  readonly workload: Workload;
  /** Role of AWS, by name or ARN; absent: whatever EKS Pod Identity associates with the account. */
  readonly iamRole?: string;
}

/** The identity of pods that log in with IAM. It has no rights in Kubernetes, and its token is not mounted: EKS mounts one for AWS. */
export function addServiceAccount(scope: Construct, model: EnvironmentModel, options: ServiceAccountOptions): void {
  const { name, workload, iamRole } = options;
  const arn = iamRole === undefined ? undefined : iamRoleArn(model, iamRole);
  new k8s.KubeServiceAccount(scope, `ServiceAccount-${name}`, {
    metadata: {
      name,
      namespace: model.spec.targets!.kubernetes!.namespace,
      labels: objectLabels(model, workload),
      ...(arn === undefined ? {} : { annotations: { 'eks.amazonaws.com/role-arn': arn } }),
    },
    automountServiceAccountToken: false,
  });
}
