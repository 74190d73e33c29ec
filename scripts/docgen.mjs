// Writes the generated files: environments/schema.json, RULES.md and API.md. With --check it writes nothing and fails where one would change.
// API.md needs the jsii assembly, which takes a minute; it is made and checked only with --api.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, root } from './compile.mjs';

const check = process.argv.includes('--check');
const withApi = process.argv.includes('--api');
const require = createRequire(import.meta.url);

await compile();
const { editorSchema } = require(join(root, 'dist/lib/core/spec/json-schema.js'));
const { rulesMarkdown } = require(join(root, 'dist/lib/core/rules/markdown.js'));

const texts = {
  'environments/schema.json': `${JSON.stringify(editorSchema(), undefined, 2)}\n`,
  'RULES.md': rulesMarkdown(),
};
if (withApi) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-docgen-'));
  try {
    const run = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    run('scripts/assembly.mjs');
    const target = join(folder, 'API.md');
    run('node_modules/jsii-docgen/bin/jsii-docgen', '--output', target, '--language', 'typescript');
    texts['API.md'] = readFileSync(target, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const stale = [];
for (const [file, text] of Object.entries(texts)) {
  const path = join(root, file);
  let before = '';
  try {
    before = readFileSync(path, 'utf8');
  } catch {
    // Not there yet: it is stale.
  }
  if (before === text) continue;
  if (check) stale.push(file);
  else writeFileSync(path, text);
}
if (stale.length > 0) {
  console.error(
    `out of date: ${stale.join(', ')}. Run npm run docgen${withApi ? ' -- --api' : ''} and commit the result.`,
  );
  process.exit(1);
}
