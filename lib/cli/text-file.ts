import { Failure } from '../core/issue';
import { readText } from './read-text';

/** The text of a file that an option names. */
export function textFile(path: string, what: string): string {
  try {
    return readText(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new Failure(
      'FILE-UNREADABLE',
      `${what} cannot be read, got ${JSON.stringify(path)} (${reason}); a readable file is needed.`,
      'Check the path.',
      2,
    );
  }
}
