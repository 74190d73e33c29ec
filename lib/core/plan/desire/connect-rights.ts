import { connectGroupId, mirrorOf } from '../../config';
import type { AclOperation } from '../../cluster';
import type { Path } from '../../issue';
import { sinkGroup, type ConnectorModel, type EnvironmentModel } from '../../model';
import type { Right } from './right';

/**
 * What Connect itself needs, beyond the topics that its connectors read and write: Kafka's user guide of Connect, "ACL requirements"
 * (KAFKA-20239), and KIP-618 for exactly-once sources. IdempotentWrite is not among them: brokers have not asked for it since 2.8.
 */
const INTERNAL_TOPIC: readonly AclOperation[] = ['create', 'read', 'write', 'describe', 'describe-configs'];

/** The rights of the workers: their group, their three topics, the ids that their leader fences with. */
export function workerRights(model: EnvironmentModel): Right[] {
  if (model.connect === undefined) return [];
  const group = connectGroupId(model);
  const path: Path = [model.connect.group === 'mirror' ? 'mirrors' : 'connect'];
  return [
    { type: 'group', pattern: group, operations: ['read', 'describe'], path },
    ...['configs', 'offsets', 'status'].map((storage): Right => ({
      type: 'topic',
      pattern: `${group}-${storage}`,
      operations: INTERNAL_TOPIC,
      path,
    })),
    ...(exactlyOnceSource(model) ? [transactional(`connect-cluster-${group}`, path)] : []),
    // A connector without a principal uses the workers' own; which topics it needs, only who wrote it knows.
    ...model.connect.connectors
      .filter(({ principal }) => principal === undefined)
      .flatMap((connector) => frameworkRights(model, connector, [])),
  ];
}

/** What Connect needs of the principal of a connector; its topics stand in the principal's intent. */
export function connectorRights(model: EnvironmentModel, principal: string): Right[] {
  if (model.connect === undefined || model.owner !== model.name) return [];
  return model.connect.connectors
    .filter((connector) => connector.principal === principal)
    .flatMap((connector) => {
      const offsets = connector.config['offsets.storage.topic'] ?? `${connectGroupId(model)}-offsets`;
      const path: Path = ['connect', 'connectors', connector.name];
      return frameworkRights(model, connector, [
        { type: 'topic', pattern: offsets, operations: ['create', 'read', 'write', 'describe'], path },
      ]);
    });
}

/** A sink is in a group of its own; an exactly-once source writes its offsets in the transactions of its records. */
function frameworkRights(model: EnvironmentModel, connector: ConnectorModel, offsets: readonly Right[]): Right[] {
  const path: Path =
    model.connect?.group === 'mirror'
      ? ['mirrors', mirrorOf(connector.name)]
      : ['connect', 'connectors', connector.name];
  const group = sinkGroup(connector);
  if (group !== undefined) return [{ type: 'group', pattern: group, operations: ['read', 'describe'], path }];
  if (!exactlyOnceSource(model)) return [];
  const id = `${connectGroupId(model)}-${connector.name}`;
  // One id a task, and the bare one where offsets are altered or reset (KIP-875).
  return [transactional(`${id}-*`, path), transactional(id, path), ...offsets];
}

function transactional(pattern: string, path: Path): Right {
  return { type: 'transactional-id', pattern, operations: ['write', 'describe'], path };
}

function exactlyOnceSource({ spec }: EnvironmentModel): boolean {
  return spec.connect?.config?.['exactly.once.source.support'] !== 'disabled';
}
