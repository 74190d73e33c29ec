import type { EnvironmentModel } from '../../lib/core/model';
import { modelOfFile, modelOfText } from './environments';
import { kubernetesText } from './manifests';

const BROKERS = `
name: dc
target: hosts
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: 3 } }
listeners: { internal: { authentication: scram-sha-512 } }
topics:
  orders: { load: { produce: 1MiB/s } }
  scratch.once: { partitions: 6, replicationFactor: 1, minInSyncReplicas: 1 }
monitoring: { lag: { billing: { maxTimeLag: 5m }, audit: { maxOffsetLag: 1000 } } }
targets:
  hosts:
    inventory:
      b1: { address: b1.example, nodePool: nodes, nodeId: 1, logDirs: [/data/1/kafka] }
      b2: { address: b2.example, nodePool: nodes, nodeId: 2, logDirs: [/data/1/kafka] }
      b3: { address: b3.example, nodePool: nodes, nodeId: 3, logDirs: [/data/1/kafka] }
`;

const SOURCE = kubernetesText({
  more: `principals:
  reader: { listener: internal, acls: [
    { topics: [orders, shop.*], operations: [read, describe, describe-configs] }, { groups: ['*'], operations: [describe] }] }
`,
}).replace('name: small', 'name: dc1');
const TARGET = kubernetesText({
  more: 'mirrors: { dc1: { source: { environment: dc1, principal: reader }, topics: [orders, shop.*], maxTimeLag: 10m } }\n',
});

/** A cluster on Kubernetes whose workers copy from another. */
export function mirroringModel(): EnvironmentModel {
  return modelOfText(TARGET, { files: { 'dc1.yaml': SOURCE } });
}

/** Everything that signals and dashboards are about: hosts and, as if they ran there, workers of Connect and of a mirror. */
export function watchedModel(kafka = '4.3'): EnvironmentModel {
  const { mirrorMaker, environments } = mirroringModel();
  return {
    ...modelOfText(BROKERS.replace("version: '4.3'", `version: '${kafka}'`)),
    connect: { ...modelOfFile('staging').connect!, metricsPort: 9404 },
    mirrorMaker: { ...mirrorMaker!, workers: { ...mirrorMaker!.workers, metricsPort: 9404 } },
    environments,
  };
}
