import type { Construct } from 'constructs';
import { mirrorWorkers } from '../../lib/core/config';
import { certificateSource, runsPods, runsWorkers, type EnvironmentModel } from '../../lib/core/model';
import { addApplications } from './applications';
import {
  addConnectCertificate,
  addListenerCertificates,
  addNodeCertificates,
  addUserCertificates,
} from './certificates';
import { addConnectWorkers } from './connect-stateful-set';
import { addDisruptionBudgets } from './disruption-budgets';
import { addConnectNetworkPolicy, addNodeNetworkPolicies } from './network-policies';
import { annotateOrder } from './order';
import { nodeSets } from './node-set';
import { addNodeStatefulSet } from './node-stateful-set';
import { addMirrorReconciler, addReconciler } from './reconcile-job';
import { addServices } from './services';

/** All objects of an environment. */
export function addEnvironment(scope: Construct, model: EnvironmentModel): void {
  if (model.brokersElsewhere === undefined) addKafka(scope, model);
  if (runsWorkers(model)) addConnect(scope, model);
  if (runsPods(model)) addApplications(scope, model);
  addReconciler(scope, model);
  addMirrors(scope, model);
  annotateOrder(scope);
}

/** The workers of the mirrors of an environment, and what makes their connectors. */
export function addMirrors(scope: Construct, model: EnvironmentModel): void {
  const workers = mirrorWorkers(model);
  if (workers === undefined || !runsWorkers(workers)) return;
  addConnect(scope, workers);
  addMirrorReconciler(scope, workers);
}

/** Brokers and controllers, and all that belongs to them. */
export function addKafka(scope: Construct, model: EnvironmentModel): void {
  addNodeNetworkPolicies(scope, model);
  if (certificateSource(model.spec) === 'cert-manager') addNodeCertificates(scope, model);
  addListenerCertificates(scope, model);
  addServices(scope, model);
  addDisruptionBudgets(scope, model);
  for (const set of nodeSets(model)) addNodeStatefulSet(scope, model, set);
  annotateOrder(scope);
}

/** The workers of Connect and the connectors that are declared. */
export function addConnect(scope: Construct, model: EnvironmentModel): void {
  addConnectNetworkPolicy(scope, model);
  // The authority of brokers elsewhere is not in this namespace.
  if (certificateSource(model.spec) === 'cert-manager' && model.brokersElsewhere === undefined)
    addConnectCertificate(scope, model);
  addConnectWorkers(scope, model);
  annotateOrder(scope);
}

/** Applications of a program, with the certificates of their users where the authority of the brokers is at hand. */
export function addStreamApp(scope: Construct, model: EnvironmentModel): void {
  if (certificateSource(model.spec) === 'cert-manager' && model.brokersElsewhere === undefined)
    addUserCertificates(scope, model);
  addApplications(scope, model);
  annotateOrder(scope);
}
