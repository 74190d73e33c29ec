// npm stop: ends what npm start started; its data stays.
import { join } from 'node:path';
import { root } from './compile.mjs';
import { prepareProject, requireNode, run } from './project.mjs';

requireNode();
await prepareProject();
process.exitCode = await run(process.execPath, [join(root, 'dist/bin/kdk.js'), 'down', 'local']);
