import { formatPath } from '../../issue';
import type { EnvironmentModel } from '../../model';
import type { Acknowledgement, DesiredState } from '../desired';
import { desiredAccess } from './access';
import { desiredBrokerOptions } from './broker-options';
import { desiredConnectors } from './connectors';
import { desiredQuotas } from './quotas';
import { byText } from './sorted';
import { deletedTopics, desiredTopics } from './topics';
import { desiredUsers } from './users';

/** What an environment wants of its running cluster. The same environment gives the same bytes. */
export function desiredState(model: EnvironmentModel): DesiredState {
  const { spec, owns } = model;
  const access = desiredAccess(model);
  const users = desiredUsers(model);
  const quotas = desiredQuotas(model);
  const brokerOptions = desiredBrokerOptions(model);
  const connectors = desiredConnectors(model);
  return {
    schemaVersion: 1,
    environment: model.name,
    owner: model.owner,
    target: model.target,
    kafkaVersion: model.kafka.version,
    ...(model.managedBy === 'self' ? { clusterId: model.clusterId } : {}),
    owns: {
      ...(owns.topics === undefined ? {} : { topics: [...owns.topics].sort() }),
      ...(owns.principals === undefined ? {} : { principals: [...owns.principals].sort() }),
    },
    topicsManagedBy:
      model.target === 'msk' && spec.targets?.msk?.topicsManagedBy !== 'reconciler' ? 'cloudformation' : 'reconciler',
    topics: desiredTopics(model),
    deletedTopics: deletedTopics(model),
    ...(access === undefined ? {} : { access }),
    ...(users === undefined ? {} : { users }),
    ...(quotas === undefined ? {} : { quotas }),
    ...(brokerOptions === undefined ? {} : { brokerOptions }),
    ...(connectors ?? {}),
    reconcile: model.reconcile,
    acknowledgements: acknowledgements(model),
  };
}

function acknowledgements({ spec }: EnvironmentModel): Acknowledgement[] {
  const entries = (spec.acknowledge ?? []).map(({ code, path, from, to, reason }, index) => ({
    code,
    path,
    from: String(from),
    to: String(to),
    reason,
    at: formatPath(['acknowledge', index]),
  }));
  return entries.sort(byText(({ code, path, from, to, at }) => JSON.stringify([code, path, from, to, at])));
}
