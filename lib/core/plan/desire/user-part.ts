import type { DesiredState, DesiredUser } from '../desired';

/**
 * A desired state whose users are too many for one Job, in parts: the first with everything and the first users, each other one with users
 * alone. Together they want what the whole wants, in any order: users that a part does not name are left as they are.
 */
export function inUserParts(desired: DesiredState, parts: readonly (readonly DesiredUser[])[]): DesiredState[] {
  const { users } = desired;
  if (users === undefined || parts.length < 2) return [desired];
  const [first, ...others] = parts;
  const elsewhere = new Set(others.flat().map(({ path }) => path));
  return [
    {
      ...desired,
      users: { ...users, users: first! },
      acknowledgements: desired.acknowledgements.filter(({ path }) => !elsewhere.has(path)),
    },
    ...others.map((some) => usersOnly(desired, some)),
  ];
}

function usersOnly(desired: DesiredState, some: readonly DesiredUser[]): DesiredState {
  const { access: _access, quotas: _quotas, brokerOptions: _options, connectors: _, ...rest } = desired;
  const { deletedConnectors: _deleted, ...others } = rest;
  const { spread: _spread, unpinned: _unpinned, ...reconcile } = desired.reconcile;
  const own = new Set(some.map(({ path }) => path));
  return {
    ...others,
    owns: {},
    topics: [],
    deletedTopics: [],
    users: { ...desired.users!, users: some, deleted: [] },
    reconcile,
    acknowledgements: desired.acknowledgements.filter(({ path }) => own.has(path)),
  };
}
