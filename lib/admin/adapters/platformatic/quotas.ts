import { quotaEntityKey } from '../../../core/cluster';
import type { AccessPort, QuotaEntity } from '../../port';
import { itemResult, kafkaError, refuse } from './errors';
import { alterQuotas, describeQuotas } from './messages/access';
import { Answers } from './parts';
import type { Session } from './session';
import type { RequestOf } from './wire/message';

type Entity = RequestOf<typeof alterQuotas>['entries'][number]['entity'];

const TYPES = { user: 'user', clientId: 'client-id', ip: 'ip' } as const;

export function quotaRequests(session: Session): Pick<AccessPort, 'describeQuotas' | 'alterQuotas'> {
  return {
    async describeQuotas(via) {
      const answer = await session.send(describeQuotas, { components: [], strict: false }, via);
      refuse(answer, { what: 'list quotas', right: 'DESCRIBE_CONFIGS on the cluster' });
      return (answer.entries ?? []).map(({ entity, values }) => ({
        entity: quotaEntity(entity),
        values: Object.fromEntries(values.map(({ key, value }) => [key, value])),
      }));
    },

    async alterQuotas(changes, { validateOnly }) {
      const entries = changes.map(({ entity, set, remove }) => ({
        entity: entityParts(entity),
        ops: [
          ...Object.entries(set).map(([key, value]) => ({ key, value, remove: false })),
          ...remove.map((key) => ({ key, value: 0, remove: true })),
        ],
      }));
      const answer = await session.send(alterQuotas, { entries, validateOnly });
      const answers = new Answers(answer.entries, ({ entity }) => quotaEntityKey(quotaEntity(entity)));
      return changes.map(({ entity }) => {
        const verdict = answers.next(quotaEntityKey(entity));
        return itemResult(entity, verdict && kafkaError(verdict, 'ALTER_CONFIGS on the cluster'));
      });
    },
  };
}

function entityParts(entity: QuotaEntity): Entity {
  return (['user', 'clientId', 'ip'] as const).flatMap((part) => {
    const name = entity[part];
    return name === undefined ? [] : [{ entityType: TYPES[part], entityName: name }];
  });
}

function quotaEntity(parts: Entity): QuotaEntity {
  const names = new Map(parts.map(({ entityType, entityName }) => [entityType, entityName]));
  return Object.fromEntries(
    Object.entries(TYPES).flatMap(([part, type]) => (names.has(type) ? [[part, names.get(type)]] : [])),
  );
}
