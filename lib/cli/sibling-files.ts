import { readdirSync } from 'node:fs';
import { posix } from 'node:path';
import type { Issue } from '../core/issue';
import { openEnvironment, type OpenedEnvironment } from '../environment/open';
import { overlapsWith, overlapsWithCluster } from '../environment/overlaps';
import type { ValidEnvironment } from './open-valid';
import { readText } from './read-text';

/** What a file claims that another file beside it claims on the same cluster. */
export function siblingIssues({ path, model, opened }: ValidEnvironment): Issue[] {
  const others = besides(path).map((other) => openEnvironment({ path: other, read: readText, target: model.target }));
  if (model.owner !== model.name) return overlapsWith(opened, others);
  return others.filter((other) => addsTo(other, model.name)).flatMap((other) => overlapsWithCluster(other, opened));
}

function addsTo({ model }: OpenedEnvironment, cluster: string): boolean {
  return model !== undefined && model.name === cluster && model.owner !== cluster;
}

/** Environment files in the same folder. */
function besides(path: string): string[] {
  const folder = posix.dirname(path);
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => posix.join(folder, file))
    .filter((other) => posix.normalize(other) !== posix.normalize(path))
    .sort();
}
