import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { bootstrapServiceName, headlessServiceName, type EnvironmentModel } from '../../lib/core/model';
import { BROKER_LABEL, objectLabels, selectorLabels } from './labels';
import { addBrokerServices, bootstrapExposure } from './external-access';
import { containerPorts } from './node-stateful-set';

/** One headless Service, which gives every pod its name, and one Service a client listener, which any broker answers. */
export function addServices(scope: Construct, model: EnvironmentModel): void {
  const { namespace } = model.spec.targets!.kubernetes!;
  const labels = objectLabels(model, 'kafka');
  const headless = headlessServiceName(model.name);
  const ports = Object.assign({}, ...model.nodes.map(containerPorts)) as Record<string, number>;
  new k8s.KubeService(scope, `Service-${headless}`, {
    metadata: { name: headless, namespace, labels },
    spec: {
      clusterIp: 'None',
      // Controllers have to find each other to become ready.
      publishNotReadyAddresses: true,
      selector: selectorLabels(model, 'kafka'),
      ports: Object.entries(ports).map(([name, port]) => ({ name, port })),
    },
  });
  for (const listener of model.listeners) {
    const name = bootstrapServiceName(model, listener);
    const outside = bootstrapExposure(listener);
    new k8s.KubeService(scope, `Service-${name}`, {
      metadata: { name, namespace, labels, ...outside.metadata },
      spec: {
        ...outside.spec,
        selector: { ...selectorLabels(model, 'kafka'), [BROKER_LABEL]: 'true' },
        ports: [outside.port],
      },
    });
  }
  addBrokerServices(scope, model);
}
