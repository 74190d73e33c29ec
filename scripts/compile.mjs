// Compiles lib, charts, bin and examples to dist with swc, only what changed since the last time, and copies their data files.
// Types are checked elsewhere (`npm run typecheck`, `npm run assembly`); this step exists to be fast.
import {
  mkdirSync,
  readdirSync,
  statSync,
  readFileSync,
  writeFileSync,
  copyFileSync,
  rmSync,
  existsSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const OUT = join(root, 'dist');
const FOLDERS = ['lib', 'charts', 'bin'];
const COPIED = ['.cjs', '.json', '.xml', '.properties', '.py', '.sh', '.yaml'];

function* walk(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

const mtime = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Returns how many files were written; deletes outputs whose source is gone. */
export async function compile() {
  const wanted = new Set();
  const stale = [];
  for (const folder of FOLDERS) {
    for (const source of walk(join(root, folder))) {
      const isCode = source.endsWith('.ts') && !source.endsWith('.d.ts');
      if (!isCode && !COPIED.some((ending) => source.endsWith(ending))) continue;
      const target = join(OUT, relative(root, source)).replace(isCode ? /\.ts$/ : /$^/, '.js');
      wanted.add(target);
      if (mtime(target) <= mtime(source)) stale.push({ source, target, isCode });
    }
    for (const path of walk(join(OUT, folder))) {
      if (!wanted.has(path) && !path.endsWith('.d.ts') && !path.endsWith('.map')) rmSync(path);
    }
  }
  if (stale.length === 0) return 0;
  const { transformSync } = await import('@swc/core');
  for (const { source, target, isCode } of stale) {
    mkdirSync(dirname(target), { recursive: true });
    if (!isCode) {
      copyFileSync(source, target);
      continue;
    }
    const { code } = transformSync(readFileSync(source, 'utf8'), {
      filename: source,
      sourceMaps: 'inline',
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs', ignoreDynamic: true, importInterop: 'swc' },
    });
    writeFileSync(target, code);
  }
  return stale.length;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await compile();
}
