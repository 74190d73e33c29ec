// Writes lib/core/catalogue/data/*.json from the ConfigDef of every Kafka release the kit knows: `npm run catalogue`. Needs a JDK and Maven.
// Running it again gives the same bytes, as long as the releases in lib/core/versions stay the same; `--check` writes nothing, and ends
// with status 1 where the files are not what it would write.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, root } from '../../scripts/compile.mjs';
import { merge } from './merge.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const DATA = join(root, 'lib', 'core', 'catalogue', 'data');
const SOURCE = 'ConfigDef of org.apache.kafka:kafka_2.13 and connect-runtime on Maven Central, read by tools/catalogue';

await compile();
const { KAFKA_RELEASES } = createRequire(import.meta.url)(join(root, 'dist', 'lib', 'core', 'versions', 'index.js'));

const check = process.argv.includes('--check');
const work = mkdtempSync(join(tmpdir(), 'kdk-catalogue-'));
try {
  const dumps = KAFKA_RELEASES.map((release) => {
    process.stderr.write(`reading the options of Kafka ${release.patch}\n`);
    const dump = dumpOptions(release.patch);
    if (dump.features.metadataVersion !== release.metadataVersion) {
      throw new Error(
        `lib/core/versions says metadata.version ${release.metadataVersion} for ${release.patch}, Kafka says ${dump.features.metadataVersion}`,
      );
    }
    return { version: release.version, dump };
  });
  for (const kind of ['broker', 'topic', 'worker']) {
    const options = merge(dumps.map(({ version, dump }) => ({ version, options: dump[kind] })));
    const changed = write(join(DATA, `${kind}-options.json`), options);
    const result = changed ? (check ? 'not as they should be' : 'written') : 'unchanged';
    process.stderr.write(`${Object.keys(options).length} ${kind} options, ${result}\n`);
    if (check && changed) process.exitCode = 1;
  }
} finally {
  rmSync(work, { recursive: true });
}

function dumpOptions(kafkaVersion) {
  const classpathFile = join(work, `${kafkaVersion}.classpath`);
  const maven = [
    ['-q', '-B', '-f', join(HERE, 'pom.xml'), `-Dkafka.version=${kafkaVersion}`],
    ['dependency:build-classpath', '-DincludeScope=runtime', `-Dmdep.outputFile=${classpathFile}`],
  ].flat();
  execFileSync('mvn', maven, { stdio: ['ignore', 2, 2] });
  const classpath = readFileSync(classpathFile, 'utf8').trim();
  const dump = execFileSync('java', ['-cp', classpath, join(HERE, 'DumpOptions.java')], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'], // logging libraries complain there that they are not configured
  });
  return JSON.parse(dump);
}

/** One option a line, so that a diff shows what changed. The date is that of the last change of the content. */
function write(path, options) {
  const before = read(path);
  const releases = Object.fromEntries(KAFKA_RELEASES.map(({ version, patch }) => [version, patch]));
  const same = JSON.stringify([before?.releases, before?.options]) === JSON.stringify([releases, options]);
  const date = same ? before.date : new Date().toISOString().slice(0, 10);
  const lines = Object.entries(options).map(([name, option]) => `${JSON.stringify(name)}:${JSON.stringify(option)}`);
  const header = `"date":"${date}",\n"source":${JSON.stringify(SOURCE)},\n"releases":${JSON.stringify(releases)}`;
  const text = `{\n${header},\n"options":{\n${lines.join(',\n')}\n}}\n`;
  if (text === before?.text) return false;
  if (!check) writeFileSync(path, text);
  return true;
}

function read(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
  return { ...JSON.parse(text), text };
}
