// npm start: a real Kafka from environments/local.yaml with sample records, on a fresh clone too.
import { join } from 'node:path';
import { root } from './compile.mjs';
import { prepareProject, requireNode, run } from './project.mjs';

requireNode();
await prepareProject();
process.exitCode = await run(process.execPath, [join(root, 'dist/bin/start.js'), ...process.argv.slice(2)]);
