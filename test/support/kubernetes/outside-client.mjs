// outside-client.mjs LIBRARY PROPERTIES BOOTSTRAP,... TOPIC RECORDS: a client on a machine outside the pods' network. It writes records to every
// partition and reads them back, each from the broker that leads it at the address that this broker tells its clients, and prints one line
// of JSON. A process of its own, because the network that it runs in may be another than that of the tests.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const [library, properties, bootstrap, topic, records] = process.argv.slice(2);
const load = createRequire(import.meta.url);
const { connectOptionsOf } = load(`${library}/lib/admin/credentials`);
const { connectAdmin, loadSample, checkSample } = load(`${library}/lib/admin`);

const login = connectOptionsOf(readFileSync(properties, 'utf8'), {
  file: properties,
  readText: (path) => readFileSync(path, 'utf8'),
  variables: process.env,
});
const client = await connected(Date.now() + 60_000);
const options = { topic, count: Number(records), progress: () => undefined };
const { written } = await loadSample(client, options);
const { ok, read, missing } = await checkSample(client, options);
const { brokers } = await client.describeCluster();
process.stdout.write(
  `${JSON.stringify({ written, ok, read, missing, brokers: brokers.map(({ host, port }) => `${host}:${port}`) })}\n`,
);
await client.close();

/** As every client does, it goes on trying for a while. */
async function connected(until) {
  try {
    return await connectAdmin({ ...login, bootstrapServers: bootstrap.split(',') });
  } catch (error) {
    if (Date.now() > until) throw error;
    return connected(until);
  }
}
