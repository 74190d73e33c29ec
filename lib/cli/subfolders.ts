import { readdirSync } from 'node:fs';

/** Names of the folders in a folder. */
export function subfolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
