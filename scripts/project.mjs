// What start, stop and test have in common: the right Node.js, the dependencies, the compiled code. Node.js builtins only, since on a
// fresh clone there is nothing else.
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compile, root } from './compile.mjs';

const OLDEST_NODE = [20, 19, 4];

/** Ends the process with a message where Node.js is too old. */
export function requireNode() {
  const have = process.versions.node.split('.').map(Number);
  const difference = OLDEST_NODE.map((wanted, index) => have[index] - wanted).find((value) => value !== 0) ?? 0;
  if (difference >= 0) return;
  fail(
    `Node.js is too old, got ${process.versions.node}; ${OLDEST_NODE.join('.')} or newer is needed. See https://nodejs.org.`,
  );
}

/** Installs what package-lock.json says where it is missing or older than that, then compiles. */
export async function prepareProject() {
  const installed = mtime(join(root, 'node_modules/.package-lock.json'));
  // A folder that is linked from elsewhere is somebody else's: npm ci would empty it.
  const isLinked = lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (!isLinked && (installed === 0 || installed < mtime(join(root, 'package-lock.json')))) {
    console.error(
      existsSync(join(root, 'node_modules')) ? 'updating dependencies (npm ci)' : 'installing dependencies (npm ci)',
    );
    // Scripts of dependencies are not needed; ours only compiles, which comes next.
    const status = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      stdout: 'stderr',
    });
    if (status !== 0)
      fail(`npm ci ended with ${status}; the dependencies must be installed. Look at its messages above.`);
  }
  await compile();
}

/** Runs a program with our streams and gives its exit status; Ctrl-C reaches it by itself, and we wait until it has tidied up. */
export function run(program, args, { env = {}, stdout = 'inherit' } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['inherit', stdout === 'stderr' ? 2 : stdout, 'inherit'],
    });
    const wait = () => undefined;
    const pass = () => child.kill('SIGTERM');
    process.on('SIGINT', wait);
    process.on('SIGTERM', pass);
    const end = (status) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', pass);
      done(status);
    };
    child.on('error', (error) => {
      console.error(`${program} cannot be run: ${error.message}`);
      end(1);
    });
    child.on('exit', (code, signal) => end(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}

function mtime(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
