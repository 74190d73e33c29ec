import { readdirSync, statSync } from 'node:fs';
import { Failure } from '../core/issue';
import { child } from '../core/spec';
import { loadEnvironment } from '../environment/load';
import { nearestFew } from './near-words';
import { readText } from './read-text';

const FOLDER = 'environments';
const FILE = /\.(ya?ml|json)$/;
const NAME = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

export function isEnvironmentName(text: string): boolean {
  return NAME.test(text);
}

/** An environment as it was named on the command line, and the file that this means. */
export interface EnvironmentArgument {
  readonly argument: string;
  readonly path: string;
}

/** Finds the file of an environment that was given by its name in `environments/` or by its path. */
export function findEnvironment(argument: string): EnvironmentArgument {
  if (FILE.test(argument)) {
    const path = argument.replaceAll('\\', '/');
    if (statSync(path, { throwIfNoEntry: false }) === undefined) {
      throw new Failure(
        'ENVIRONMENT-UNKNOWN',
        `there is no such file, got ${JSON.stringify(argument)}; the path of an environment or a name in ${FOLDER}/ is allowed.`,
        'Check the path.',
        2,
      );
    }
    return { argument, path };
  }
  if (!isEnvironmentName(argument)) {
    throw new Failure(
      'ENVIRONMENT-NAME',
      `not the name of an environment, got ${JSON.stringify(argument)}; a name has lower-case letters, digits and dashes, a path ends in .yaml.`,
      `Give a name in ${FOLDER}/, or the whole path with its ending.`,
      2,
    );
  }
  for (const ending of ['yaml', 'yml', 'json']) {
    const path = `${FOLDER}/${argument}.${ending}`;
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) return { argument, path };
  }
  const known = listEnvironments().map((environment) => environment.argument);
  const [near] = nearestFew(argument, known);
  const hint = near === undefined ? 'Choose one of them, or give a path.' : `Did you mean ${near}?`;
  throw new Failure(
    'ENVIRONMENT-UNKNOWN',
    known.length === 0
      ? `there is no environment of this name, got ${JSON.stringify(argument)}; the folder ${FOLDER}/ here holds none.`
      : `there is no environment of this name, got ${JSON.stringify(argument)}; known are ${known.join(', ')}.`,
    known.length === 0 ? 'Change to the folder of the project, or give a path.' : hint,
    2,
  );
}

/** The environments in `environments/`: every file there that has a name or cannot be read at all. */
export function listEnvironments(): EnvironmentArgument[] {
  let files: string[];
  try {
    files = readdirSync(FOLDER);
  } catch {
    return [];
  }
  return files
    .filter((file) => FILE.test(file) && isEnvironmentName(file.replace(FILE, '')))
    .map((file) => ({ argument: file.replace(FILE, ''), path: `${FOLDER}/${file}` }))
    .sort((a, b) => (a.argument < b.argument ? -1 : 1))
    .filter(({ path }) => {
      const { located } = loadEnvironment(path, readText);
      return located === undefined || child(located, 'name') !== undefined;
    });
}
