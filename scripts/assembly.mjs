// Makes the jsii assembly of lib and charts: checks the types and the rules of jsii, writes .jsii and the declarations to dist.
import { spawnSync } from 'node:child_process';
import { compile, root } from './compile.mjs';

// jsii writes the code too, in the same layout; the data files beside it come from compile.
await compile();
const silenced = [
  // Built against the newest CDK, while the peer dependencies name the oldest that works: jsii would rather have both the same.
  'metadata/missing-dev-dependency',
  // Words like namespace are reserved in languages that the package is not published for.
  'language-compatibility/reserved-word',
];
const { status } = spawnSync(
  process.execPath,
  ['node_modules/jsii/bin/jsii', ...silenced.map((name) => `--silence-warnings=${name}`)],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
);
process.exitCode = status ?? 1;
