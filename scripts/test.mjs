// npm test: the hermetic suite, real Kafka included; npm run test:system: what needs packages and root; npm run test:kubernetes: what needs
// a Kubernetes cluster; npm run test:hosts: machines with systemd; npm run test:slow: what takes minutes a test. Arguments go on to jest.
// Ends with `N passed, N failed`; with KDK_RESULTS=FILE the two numbers are written there too, as JSON.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './compile.mjs';
import { insideNamespaces, prepareMachines, requireMachines } from './machines.mjs';
import { fail, prepareProject, requireNode, run } from './project.mjs';
import { shortLivedJava } from './short-lived-java.mjs';

const OLDEST_JAVA = 17;

requireNode();
const SUITES = { '--system': ['system'], '--kubernetes': ['kubernetes'], '--hosts': ['hosts'], '--slow': ['slow'] };
const suite = SUITES[process.argv[2]];
const jestArguments = process.argv.slice(suite === undefined ? 2 : 3);
// On Kubernetes Kafka runs in the pods alone.
let javaVersion;
if (process.argv[2] !== '--kubernetes') {
  javaVersion = requireJava();
  requireMaven();
}
const onMachines = process.argv[2] === '--hosts';
if (onMachines) requireMachines();
await prepareProject();
if (onMachines) await prepareMachines();

const results = mkdtempSync(join(tmpdir(), 'kdk-test-'));
let passed = 0;
let failed = 0;
let status = 0;
try {
  // The unit tests first: they are quick and say most.
  for (const project of suite ?? ['unit', 'broker']) {
    const result = await runProject(project);
    passed += result.passed;
    failed += result.failed;
    status ||= result.status;
    if (result.status >= 128) break; // Interrupted.
  }
} finally {
  rmSync(results, { recursive: true, force: true });
}
if (passed + failed === 0) {
  console.error('no test ran');
  failed = 1;
}
if (failed > 0) status ||= 1;
// Jest may also fail for another reason than a test: a file that cannot be read, a handle that stays open.
if (status !== 0 && failed === 0) failed = 1;
if (process.env.KDK_RESULTS !== undefined) writeFileSync(process.env.KDK_RESULTS, JSON.stringify({ passed, failed }));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = status;

async function runProject(project) {
  console.error(`\n== ${project} tests`);
  const file = join(results, `${project}.json`);
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const args = [jest, '--selectProjects', project, '--json', '--outputFile', file, '--passWithNoTests'];
  // By itself jest leaves a core free, which is half of a machine with two. What starts clusters and programs of its own waits for them half
  // of the time, so two files go well together; more would only wait for each other.
  args.push(
    { unit: '--maxWorkers=100%', broker: '--maxWorkers=2', system: '--maxWorkers=2' }[project] ?? '--runInBand',
  );
  // With --json jest prints its result on standard output as well; people watch standard error.
  const command = [process.execPath, ...args, ...jestArguments];
  const options = {
    env: {
      NODE_OPTIONS: [process.env.NODE_OPTIONS, '--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
        .filter(Boolean)
        .join(' '),
      CDK_VALIDATION: 'false',
      ...(project === 'broker' ? await quickNodes() : {}),
    },
    stdout: 'ignore',
  };
  const status = onMachines
    ? await insideNamespaces(run, command, options)
    : await run(command[0], command.slice(1), options);
  return { ...countsOf(file), status };
}

async function quickNodes() {
  const options = [process.env.JDK_JAVA_OPTIONS, await shortLivedJava(javaVersion)].filter(Boolean).join(' ');
  return options === '' ? {} : { JDK_JAVA_OPTIONS: options };
}

/** Tests that passed and failed; a file of tests that could not be run counts as one that failed. */
function countsOf(file) {
  let result;
  try {
    result = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1 };
  }
  return { passed: result.numPassedTests, failed: result.numFailedTests + result.numRuntimeErrorTestSuites };
}

function requireJava() {
  const home = process.env.JAVA_HOME;
  const java = home === undefined || home === '' ? 'java' : join(home, 'bin/java');
  const version = output(java, ['-version']);
  const major = Number(/version "(?:1\.)?(\d+)/.exec(version ?? '')?.[1]);
  if (version === undefined || Number.isNaN(major))
    fail(
      `a JDK is needed, got none as ${java}; version ${OLDEST_JAVA} or newer is allowed. Install one, or set JAVA_HOME.`,
    );
  if (major < OLDEST_JAVA)
    fail(
      `the JDK is too old, got version ${major} as ${java}; ${OLDEST_JAVA} or newer is allowed. Install one, or set JAVA_HOME.`,
    );
  return version;
}

function requireMaven() {
  if ((process.env.KAFKA_HOME ?? '') !== '' || output('mvn', ['--version']) !== undefined) return;
  fail(
    'Maven is needed to assemble Kafka, got no mvn on the path; install it, or set KAFKA_HOME to a Kafka that is there.',
  );
}

/** What a program prints, on either stream; undefined where it cannot be run. */
function output(program, args) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: root });
  return error === undefined && status === 0 ? stdout + stderr : undefined;
}
