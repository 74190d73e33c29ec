// Compiles lib, charts and bin to dist with swc, only what changed since the last time, copies their data files, and bundles the applications of bin.
// Types are checked elsewhere (`npm run typecheck`, `npm run assembly`); this step exists to be fast.
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  statSync,
  readFileSync,
  writeFileSync,
  copyFileSync,
  renameSync,
  rmSync,
  existsSync,
  utimesSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { lazyImports, withNamedExports } from './lazy-modules.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const OUT = join(root, 'dist');
const FOLDERS = ['lib', 'charts', 'bin'];
/** Of functions that talk to Kafka. */
const KAFKA_CLIENT = {
  // The client library is an ES module with a top-level await, so the bundle is one too; the kit's own lazy loading needs a `require`.
  format: 'esm',
  // The runtime brings the SDK.
  external: ['@aws-sdk/*'],
  // The same library with its WebAssembly inside, so that the asset is one file.
  alias: { '@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled' },
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
};
/** Lambda code as the CDK packs it: each handler with all that it needs. */
const LAMBDAS = [
  {
    source: join(root, 'lib/admin/lambda/handler.ts'),
    code: join(OUT, 'lib/admin/lambda/asset/index.mjs'),
    options: KAFKA_CLIENT,
  },
  {
    source: join(root, 'lib/admin/lambda/roll/handler.ts'),
    code: join(OUT, 'lib/admin/lambda/roll/asset/index.mjs'),
    options: KAFKA_CLIENT,
  },
  {
    source: join(root, 'lib/admin/lambda/metrics/handler.ts'),
    code: join(OUT, 'lib/admin/lambda/metrics/asset/index.mjs'),
    options: KAFKA_CLIENT,
  },
  {
    source: join(root, 'lib/admin/lambda/control/handler.ts'),
    code: join(OUT, 'lib/admin/lambda/control/asset/index.js'),
    // The runtime's client of Amazon MSK may be older than what the kit asks of it, so it is inside, without what nobody calls.
    options: { format: 'cjs', minify: true, mainFields: ['module', 'main'], plugins: [leanSdk()] },
  },
  {
    source: join(root, 'lib/admin/lambda/certificates/handler.ts'),
    code: join(OUT, 'lib/admin/lambda/certificates/asset/index.js'),
    options: { format: 'cjs', external: ['@aws-sdk/*', '@smithy/*'] },
  },
];
const COPIED = ['.cjs', '.css', '.Dockerfile', '.js', '.json', '.xml', '.properties', '.py', '.sh', '.yaml'];

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
  const wanted = new Set(LAMBDAS.map(({ code }) => code));
  const stale = [];
  const barrels = [];
  // What this script does to a source is part of what comes out.
  const itself = Math.max(...['compile.mjs', 'lazy-modules.mjs'].map((name) => mtime(join(root, 'scripts', name))));
  for (const folder of FOLDERS) {
    for (const source of walk(join(root, folder))) {
      const isCode = source.endsWith('.ts') && !source.endsWith('.d.ts');
      if (!isCode && !COPIED.some((ending) => source.endsWith(ending))) continue;
      const target = join(OUT, relative(root, source)).replace(isCode ? /\.ts$/ : /$^/, '.js');
      wanted.add(target);
      if (mtime(target) <= Math.max(mtime(source), itself)) stale.push({ source, target, isCode });
      // What a barrel exports stands in other files.
      else if (basename(source) === 'index.ts') barrels.push({ source, target, isCode });
    }
    for (const path of walk(join(OUT, folder))) {
      if (!wanted.has(path) && !path.endsWith('.d.ts') && !path.endsWith('.map')) rmSync(path);
    }
  }
  if (stale.length === 0) return 0;
  stale.push(...barrels);
  const { transformSync } = await import('@swc/core');
  for (const { source, target, isCode } of stale.filter(({ source }) => !isApplication(source))) {
    mkdirSync(dirname(target), { recursive: true });
    if (!isCode) {
      copyFileSync(source, target);
      continue;
    }
    const text = withNamedExports(source, readFileSync(source, 'utf8'));
    const { code } = transformSync(text, {
      filename: source,
      sourceMaps: 'inline',
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs', ignoreDynamic: true, importInterop: 'swc', lazy: lazyImports(text) },
    });
    writeFileSync(target, code);
  }
  await Promise.all([
    bundle([...wanted].filter((target) => dirname(target) === join(OUT, 'bin'))),
    ...LAMBDAS.map(bundleLambda),
  ]);
  return stale.length;
}

async function bundleLambda({ source, code, options }) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [source],
    outfile: code,
    bundle: true,
    platform: 'node',
    target: 'node22',
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
    ...options,
  });
}

/**
 * What is imported of the SDK is bundled; what is loaded lazily are old calls, for which the runtime's SDK does. Credentials come from the
 * environment, so the chain that looks for them everywhere stays out: it is a third of the whole.
 */
function leanSdk() {
  return {
    name: 'lean-sdk',
    setup(build) {
      build.onResolve({ filter: /^@(aws-sdk|smithy)\// }, ({ path, kind, importer }) => {
        if (path === '@aws-sdk/credential-provider-node') return { path, namespace: 'no-chain' };
        return kind === 'require-call' && importer.startsWith(join(root, 'lib')) ? { path, external: true } : undefined;
      });
      build.onLoad({ filter: /./, namespace: 'no-chain' }, () => ({
        contents: "export const defaultProvider = () => () => Promise.reject(new Error('no credentials'));",
      }));
    },
  };
}

/** An application is a file of its own right in bin; the folders below hold what they share. */
const isApplication = (source) => dirname(source) === join(root, 'bin') && source.endsWith('.ts');

/**
 * Each application with its small libraries as one file: reading a hundred files costs a command that takes 0.2 s half of its time.
 * Libraries that only some need, and those that users bring, stay outside and are loaded when they are needed.
 */
async function bundle(outputs) {
  const { build } = await import('esbuild');
  const folder = join(OUT, 'bin');
  const distOf = (path) => relative(folder, join(OUT, relative(root, path)));
  // Where bundling fails, the next run must try again.
  for (const output of outputs.filter(existsSync)) utimesSync(output, 0, 0);
  const { outputFiles } = await build({
    entryPoints: outputs.map((output) => join(root, relative(OUT, output)).replace(/\.js$/, '.ts')),
    outdir: folder,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
    external: ['aws-cdk-lib', 'constructs', 'cdk8s', 'cdk8s-plus-27', '@platformatic/*', '@aws-sdk/*'],
    plugins: [
      {
        name: 'files-beside-the-code',
        setup(build) {
          build.onResolve({ filter: /^\..*\.json$/ }, ({ path, resolveDir }) => ({
            path: `./${distOf(join(resolveDir, path))}`,
            external: true,
          }));
          build.onLoad({ filter: /\/(lib|charts|bin)\/.*\.ts$/ }, ({ path }) => {
            const text = readFileSync(path, 'utf8');
            const beside = `require('node:path').join(__dirname, ${JSON.stringify(distOf(dirname(path)))})`;
            return {
              loader: 'ts',
              contents: text.includes('__dirname') ? text.replace(/\b__dirname\b/g, beside) : text,
            };
          });
        },
      },
    ],
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) {
    // Another process may be starting the old one.
    writeFileSync(`${path}.${process.pid}`, contents);
    chmodSync(`${path}.${process.pid}`, 0o755);
    renameSync(`${path}.${process.pid}`, path);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await compile();
}
