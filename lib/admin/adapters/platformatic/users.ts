import { Refused } from '../../failures';
import type { AccessPort, ItemResult, ScramMechanism, UserChange } from '../../port';
import { itemResult, kafkaError, refuse } from './errors';
import { alterUsers, describeUsers } from './messages/access';
import { Answers, askParts, chunks } from './parts';
import type { Session } from './session';

const USERS_A_REQUEST = 1000;
const MECHANISMS: Readonly<Record<ScramMechanism, number>> = { 'SCRAM-SHA-256': 1, 'SCRAM-SHA-512': 2 };

export function userRequests(session: Session): Pick<AccessPort, 'describeUsers' | 'alterUsers'> {
  return {
    async describeUsers(via) {
      // No names are all users. Null would be too, but then a broker never answers who may not see them (4.3.1).
      const answer = await session.send(describeUsers, { users: [] }, via);
      const right = 'DESCRIBE on the cluster';
      refuse(answer, { what: 'list users', right });
      return answer.results.flatMap(({ user, credentialInfos, ...verdict }) => {
        const error = kafkaError(verdict, right);
        if (error !== undefined) throw new Refused(`describe user ${user}`, error);
        return credentialInfos.map(({ mechanism, iterations }) => ({
          user,
          mechanism:
            mechanism === MECHANISMS['SCRAM-SHA-256'] ? ('SCRAM-SHA-256' as const) : ('SCRAM-SHA-512' as const),
          iterations,
        }));
      });
    },

    async alterUsers(changes) {
      const indexed = changes.map((change, index) => ({ change, index }));
      const results = await askParts<Indexed, ItemResult<string> & { readonly index: number }>(
        rounds(indexed).map((items) => ({ items, ask: () => alter(session, items) })),
        { failed: ({ change, index }, error) => ({ item: change.user, error, index }), order: 'one-by-one' },
      );
      return results.sort((a, b) => a.index - b.index).map(({ item, error }) => itemResult(item, error));
    },
  };
}

interface Indexed {
  readonly change: UserChange;
  readonly index: number;
}

/** Kafka answers by user, and takes one change of each in a request. */
function rounds(changes: readonly Indexed[]): Indexed[][] {
  const seen = new Map<string, number>();
  const byRound: Indexed[][] = [];
  for (const each of changes) {
    const round = seen.get(each.change.user) ?? 0;
    seen.set(each.change.user, round + 1);
    (byRound[round] ??= []).push(each);
  }
  return byRound.flatMap((round) => chunks(round, USERS_A_REQUEST));
}

async function alter(session: Session, changes: readonly Indexed[]) {
  const deletions = [];
  const upsertions = [];
  for (const { change } of changes) {
    const { user: name, mechanism } = change;
    if ('deleted' in change) deletions.push({ name, mechanism: MECHANISMS[mechanism] });
    else {
      const { iterations, salt, saltedPassword } = change;
      upsertions.push({ name, mechanism: MECHANISMS[mechanism], iterations, salt, saltedPassword });
    }
  }
  const { results } = await session.send(alterUsers, { deletions, upsertions });
  const answers = new Answers(results, ({ user }) => user);
  return changes.map(({ change: { user }, index }) => {
    const verdict = answers.next(user);
    return { ...itemResult(user, verdict && kafkaError(verdict, 'ALTER on the cluster')), index };
  });
}
