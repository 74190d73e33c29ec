import type { Path } from '../issue';
import type { Authentication, EnvironmentModel, PrincipalModel } from '../model';

/** Principals whose listener is declared, with its authentication. */
export function* principalListeners(
  model: EnvironmentModel,
): Iterable<{ readonly name: string; readonly principal: PrincipalModel; readonly authentication: Authentication }> {
  const byName = new Map(model.listeners.map((listener) => [listener.name, listener.authentication]));
  for (const principal of model.principals) {
    const authentication = byName.get(principal.listener);
    if (authentication !== undefined) yield { name: principal.name, principal, authentication };
  }
}

/** A name or prefix of topics in a right, and where it stands. */
export interface NamedTopic {
  readonly pattern: string;
  readonly path: Path;
  /** The right lets the client make such topics itself, so they need not be declared. */
  readonly creates: boolean;
}

export function* namedTopics(model: EnvironmentModel): Iterable<NamedTopic> {
  for (const { name, produce, consume, acls } of model.principals) {
    const rights: readonly [Path, readonly string[], boolean][] = [
      [['produce'], produce?.topics ?? [], false],
      [['consume'], consume?.topics ?? [], false],
      ...acls.map(({ topics, operations }, index): [Path, readonly string[], boolean] => [
        ['acls', index],
        topics,
        operations.includes('create') || operations.includes('all'),
      ]),
    ];
    for (const [right, patterns, creates] of rights) {
      for (const [index, pattern] of patterns.entries()) {
        yield { pattern, path: ['principals', name, ...right, 'topics', index], creates };
      }
    }
  }
}
