import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import {
  applicationName,
  configMapName,
  hasStableNames,
  type ApplicationModel,
  type EnvironmentModel,
} from '../../lib/core/model';
import { applicationConfig, applicationListener, applicationPod, STATE_CLAIM } from './application-pods';
import { addApplicationScaling } from './application-scaling';
import { addServiceAccount } from './broker-access';
import { filesHash } from './connect-files';
import { addApplicationNetworkPolicies } from './network-policies';
import { applicationLabels, applicationSelector, clientLabels } from './labels';
import { bytesQuantity } from './quantity';

/** Users' own programs: each with its settings, its pods and what scales them. */
export function addApplications(scope: Construct, model: EnvironmentModel): void {
  addApplicationNetworkPolicies(scope, model);
  for (const application of model.applications) addApplication(scope, model, application);
}

function addApplication(scope: Construct, model: EnvironmentModel, application: ApplicationModel): void {
  const name = applicationName(model, application.name);
  const { namespace } = model.spec.targets!.kubernetes!;
  const labels = applicationLabels(model, application);
  const selector = applicationSelector(model, application);
  const data = applicationConfig(model, application);
  const metadata = { name, namespace, labels };
  const config = configMapName(name);

  new k8s.KubeConfigMap(scope, `ConfigMap-${config}`, { metadata: { ...metadata, name: config }, data });
  new k8s.KubePodDisruptionBudget(scope, `PodDisruptionBudget-${name}`, {
    metadata,
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selector },
    },
  });
  addService(scope, application, metadata, selector);
  if (applicationListener(model, application).authentication === 'iam') addIdentity(scope, model, application);
  const template: k8s.PodTemplateSpec = {
    metadata: {
      labels: { ...labels, ...clientLabels(model) },
      annotations: { 'kafka-deployment-kit/config-hash': filesHash(data) },
    },
    spec: applicationPod(model, application, { topologySpreadConstraints: spread(selector) }),
  };
  // What scales it says how many pods there are; a number here would undo that with every change.
  const replicas = application.autoscaling === undefined ? { replicas: application.replicas } : {};
  if (hasStableNames(application))
    new k8s.KubeStatefulSet(scope, `StatefulSet-${name}`, {
      metadata,
      spec: {
        ...replicas,
        serviceName: name,
        // Each has partitions of its own, and waits for none of the others.
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: selector },
        template,
        ...claims(model, application),
      },
    });
  else
    new k8s.KubeDeployment(scope, `Deployment-${name}`, {
      metadata,
      spec: { ...replicas, strategy: strategy(application), selector: { matchLabels: selector }, template },
    });
  addApplicationScaling(scope, model, application);
}

/** With IAM it is the role of its principal. */
function addIdentity(scope: Construct, model: EnvironmentModel, { name, principal }: ApplicationModel): void {
  const iamRole = principal === undefined ? undefined : model.spec.principals?.[principal]?.iamRole;
  addServiceAccount(scope, model, {
    name: applicationName(model, name),
    workload: 'kafka-application',
    ...(iamRole === undefined ? {} : { iamRole }),
  });
}

/** A member of a group more than there were would move partitions twice; what only writes is not to be missed. */
function strategy({ consume, streams }: ApplicationModel): k8s.DeploymentStrategy {
  const [surge, unavailable] = consume === undefined && streams === undefined ? [1, 0] : [0, 1];
  return {
    type: 'RollingUpdate',
    rollingUpdate: {
      maxSurge: k8s.IntOrString.fromNumber(surge),
      maxUnavailable: k8s.IntOrString.fromNumber(unavailable),
    },
  };
}

/** Pods with names that stay have addresses too: other pods ask them for what is in their stores. */
function addService(
  scope: Construct,
  application: ApplicationModel,
  metadata: k8s.ObjectMeta,
  selector: Record<string, string>,
): void {
  const ports = Object.entries(application.ports).map(([name, port]) => ({ name, port }));
  const headless = hasStableNames(application);
  if (!headless && ports.length === 0) return;
  new k8s.KubeService(scope, `Service-${metadata.name}`, {
    metadata,
    spec: { ...(headless ? { clusterIp: 'None' } : {}), selector, ...(ports.length === 0 ? {} : { ports }) },
  });
}

/** Stores can be made again from their topics, so a volume goes with the application, but not with a pod that comes back. */
function claims(
  model: EnvironmentModel,
  { streams }: ApplicationModel,
): Pick<k8s.StatefulSetSpec, 'volumeClaimTemplates' | 'persistentVolumeClaimRetentionPolicy'> {
  if (streams?.stateBytes === undefined) return {};
  const { storageClass } = model.spec.targets!.kubernetes!;
  return {
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' },
    volumeClaimTemplates: [
      {
        metadata: { name: STATE_CLAIM },
        spec: {
          accessModes: ['ReadWriteOnce'],
          ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
          resources: { requests: { storage: bytesQuantity(streams.stateBytes) } },
        },
      },
    ],
  };
}

/** A pod elsewhere is better than none. */
function spread(matchLabels: Record<string, string>): k8s.TopologySpreadConstraint[] {
  return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
  }));
}
