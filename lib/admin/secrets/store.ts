import { Failure } from '../../core/issue';
import type { SecretReference } from '../../core/model';

/** Where secrets are read when they are needed, and only then; nothing keeps a value longer than that. */
export interface SecretStore {
  /** Fails with `SECRET-MISSING` where there is no such secret or key; no message ever holds a value. */
  read(reference: SecretReference): Promise<string>;
}

export const secretName = ({ secret, key }: SecretReference): string => `${secret}/${key}`;

/** `where` says what was looked at: a file, a variable, a name at the service. */
export function secretMissing(reference: SecretReference, where: string): Failure {
  return new Failure(
    'SECRET-MISSING',
    `the secret ${secretName(reference)} is not there, got nothing at ${where}; a value that is not empty is needed.`,
    'Put the value there, or name another secret.',
  );
}

/** The values of all of these by `secretName`; where some are out of reach the failure names every one of them. */
export async function readSecrets(
  store: SecretStore,
  references: readonly SecretReference[],
): Promise<ReadonlyMap<string, string>> {
  const unique = new Map(references.map((reference) => [secretName(reference), reference]));
  const answers = await Promise.allSettled(
    [...unique].map(async ([name, reference]) => [name, await store.read(reference)] as const),
  );
  const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
  const unexpected = failures.find((failure) => !(failure instanceof Failure));
  if (unexpected !== undefined) throw unexpected;
  if (failures.length > 0) throw together(failures as Failure[]);
  return new Map(answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])));
}

function together(failures: readonly Failure[]): Failure {
  if (failures.length === 1) return failures[0]!;
  return new Failure(
    'SECRETS-MISSING',
    `${failures.length} secrets cannot be read, got ${failures.map(({ message }) => message.replace(/\.$/, '')).join('; ')}; all are needed.`,
    [...new Set(failures.map(({ hint }) => hint))].join(' '),
    failures.some(({ status }) => status === 3) ? 3 : 1,
  );
}
