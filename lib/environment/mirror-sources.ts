import { workersMirrors, type EnvironmentModel } from '../core/model';
import type { EnvironmentSpec } from '../core/spec';
import { resolveRelative, type ReadText } from './chain';
import type { OpenedEnvironment } from './opened';

/** Opens an environment without looking at what it copies from. */
type Open = (path: string) => OpenedEnvironment;

/**
 * The environments that mirrors copy from, and those that these copy from, by name: each in a file of its name beside this one. What cannot
 * be read is left out; a rule reports what is needed.
 */
export function mirrorSources(
  path: string,
  spec: EnvironmentSpec,
  read: ReadText,
  open: Open,
): ReadonlyMap<string, EnvironmentModel> {
  const found = new Map<string, EnvironmentModel>();
  if (workersMirrors(spec).length === 0) return found;
  const waiting = sourcesOf(spec);
  const seen = new Set([spec.name]);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const file = fileOf(path, name, read);
    const model = file === undefined ? undefined : open(file).model;
    if (model?.name !== name) continue;
    found.set(name, model);
    waiting.push(...sourcesOf(model.spec));
  }
  return found;
}

function sourcesOf({ mirrors = {} }: EnvironmentSpec): string[] {
  return Object.values(mirrors).flatMap(({ source }) => source.environment ?? []);
}

function fileOf(path: string, name: string, read: ReadText): string | undefined {
  return ['yaml', 'yml', 'json']
    .map((ending) => resolveRelative(path, `./${name}.${ending}`))
    .find((file) => {
      try {
        read(file);
        return true;
      } catch {
        return false;
      }
    });
}
