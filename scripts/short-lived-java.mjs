// Nodes of the tests live for a minute, and what a young JVM does costs them half of it: reading classes, and compiling well what soon ends.
// With an archive of their classes and the quick compiler alone a cluster of three starts for 15 s of processor time instead of 34.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePorts } from '../bench/free-ports.mjs';
import { root } from './compile.mjs';
import { run } from './project.mjs';

const node = (firstPort) => `name: classes
target: local
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: 1 } }
listeners: { internal: { authentication: none } }
topicDefaults: { replicationFactor: 1, minInSyncReplicas: 1 }
topics: { orders: {} }
targets: { local: { heap: 256MiB, ports: { first: ${firstPort} } } }
`;

/** A text for JDK_JAVA_OPTIONS; empty where this Java makes no archive. The first call for a Java and a Kafka starts a node to learn its classes. */
export async function shortLivedJava(javaVersion) {
  const require = createRequire(import.meta.url);
  const { kafkaPaths } = require(join(root, 'dist/lib/local/kafka-home'));
  const { kafkaRelease } = require(join(root, 'dist/lib/core/versions'));
  const version = kafkaRelease('4.3').patch;
  const { path, jmxExporterJar } = kafkaPaths(version);
  const key = createHash('sha256').update(`${javaVersion} ${path}`).digest('hex').slice(0, 12);
  const archive = join(dirname(dirname(jmxExporterJar)), `classes-${version}-${key}.jsa`);
  if (!existsSync(archive)) {
    console.error('learning the classes of Kafka, once');
    await learn(archive);
  }
  if (!existsSync(archive)) return '';
  // An archive that does not fit, for example of another release, is passed over, and nobody wants to hear of it.
  return `-XX:SharedArchiveFile=${archive} -Xlog:cds*=off -XX:TieredStopAtLevel=1`;
}

async function learn(archive) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-classes-'));
  const file = join(folder, 'classes.yaml');
  const learned = join(folder, 'classes.jsa');
  const kdk = (command) =>
    run(process.execPath, [join(root, 'dist/bin/kdk.js'), command, file], {
      env: { JDK_JAVA_OPTIONS: `-XX:ArchiveClassesAtExit=${learned} -Xlog:cds*=off` },
      stdout: 'ignore',
    });
  try {
    writeFileSync(file, node(await freePorts(6)));
    await kdk('up');
    await kdk('down');
    // The format tool wrote one too, which the node, that ended later, has replaced.
    if (!existsSync(learned)) return;
    // The cache may be on another file system.
    copyFileSync(learned, `${archive}.${process.pid}`);
    renameSync(`${archive}.${process.pid}`, archive);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
