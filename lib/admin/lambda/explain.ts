import { Failure } from '../../core/issue';

/** What went wrong, in one line. */
export function explain(error: unknown): string {
  if (error instanceof Failure) return `${error.code}: ${error.message} ${error.hint}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
