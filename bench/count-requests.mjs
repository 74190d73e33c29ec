// `node bench/count-requests.mjs ENVIRONMENT SERVERS`: makes a plan in this process and prints how many requests went to brokers for it,
// those that open connections included.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '@platformatic/kafka';

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist/lib');
const require = createRequire(import.meta.url);
const { connectAdmin, makePlan } = require(join(dist, 'admin'));
const { openEnvironment } = require(join(dist, 'environment/open'));
const { desiredState } = require(join(dist, 'core/plan'));

let requests = 0;
const send = Connection.prototype.send;
Connection.prototype.send = function counted(...args) {
  requests++;
  return send.apply(this, args);
};
const [file, servers] = process.argv.slice(2);
const { model } = openEnvironment({ path: file, read: (path) => readFileSync(path, 'utf8') });
const admin = await connectAdmin({ bootstrapServers: servers.split(',') });
const { changes } = await makePlan({ admin }, desiredState(model));
await admin.close();
console.log(JSON.stringify({ requests, changes: changes.length }));
