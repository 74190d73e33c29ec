import { Failure } from '../../core/issue';

type Answers<Sections> = {
  [Name in keyof Sections]: Sections[Name] extends () => Promise<infer Answer> ? Answer : never;
};

/** Reads independent sections at the same time; where some fail, one failure tells of all of them, not of the first alone. */
export async function readSections<Sections extends Readonly<Record<string, () => Promise<unknown>>>>(
  sections: Sections,
): Promise<Answers<Sections>> {
  const names = Object.keys(sections);
  const outcomes = await Promise.allSettled(names.map((name) => sections[name]!()));
  const failed = outcomes.flatMap((outcome, index) =>
    outcome.status === 'rejected' ? [{ section: names[index]!, error: outcome.reason as unknown }] : [],
  );
  const unexpected = failed.find(({ error }) => !(error instanceof Failure));
  if (unexpected !== undefined) throw unexpected.error;
  if (failed.length > 0) throw together(failed as { section: string; error: Failure }[]);
  const answers = outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value);
  return Object.fromEntries(names.map((name, index) => [name, answers[index]])) as Answers<Sections>;
}

function together(failed: readonly { section: string; error: Failure }[]): Failure {
  const first = failed[0]!.error;
  const messages = new Set(failed.map(({ error }) => error.message));
  if (messages.size === 1) return first;
  const told = failed.map(({ section, error }) => `${section}: ${error.message.replace(/\.$/, '')}`).join('; ');
  const codes = new Set(failed.map(({ error }) => error.code));
  return new Failure(
    codes.size === 1 ? first.code : 'CLUSTER-UNREADABLE',
    `${failed.length} parts of the cluster cannot be read, got ${told}; all that the environment declares must be seen before anything is compared.`,
    [...new Set(failed.map(({ error }) => error.hint))].join(' '),
    failed.some(({ error }) => error.status === 3) ? 3 : 1,
  );
}
