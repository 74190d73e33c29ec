import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const FILE = 'manifest.json';

interface Manifest {
  /** What the folder was made by: pom and scripts. Another recipe makes it again. */
  readonly recipe: string;
  /** SHA-256 of each file, by its path in the folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** Writes down what `folder` holds. The last thing that assembling does: a folder without a manifest is not finished. */
export async function writeManifest(folder: string, recipe: string): Promise<void> {
  const manifest: Manifest = { recipe, files: await digests(folder) };
  writeFileSync(join(folder, FILE), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** What is broken in `folder`, as a sentence, or undefined where every file is as it was written. */
export async function brokenPart(folder: string, recipe: string): Promise<string | undefined> {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Manifest;
  } catch (error) {
    return `${FILE} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'not JSON'})`;
  }
  if (manifest.recipe !== recipe) return 'it was assembled by another version of the kit';
  const found = await digests(folder);
  const problems = [
    ...Object.keys(manifest.files)
      .filter((file) => !(file in found))
      .map((file) => `${file} is missing`),
    ...Object.keys(found)
      .filter((file) => !(file in manifest.files))
      .map((file) => `${file} does not belong there`),
    ...Object.entries(found)
      .filter(([file, digest]) => file in manifest.files && manifest.files[file] !== digest)
      .map(([file]) => `${file} has another content than when it was assembled`),
  ];
  if (problems.length === 0) return undefined;
  return problems.length === 1 ? problems[0] : `${problems[0]}, and ${problems.length - 1} more`;
}

/** The digests of all files below `folder` but the manifest. */
async function digests(folder: string): Promise<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((file) => file !== FILE)
    .sort();
  const result: Record<string, string> = {};
  for (const file of files) result[file] = await digest(join(folder, file));
  return result;
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
