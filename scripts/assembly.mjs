// Makes the jsii assembly of lib and charts: checks the types and the rules of jsii, writes .jsii and the declarations to dist.
import { spawnSync } from 'node:child_process';
import { compile, root } from './compile.mjs';

// jsii writes the code too, in the same layout; the data files beside it come from compile.
await compile();
// Built against the newest CDK, while the peer dependencies name the oldest that works: jsii would rather have both the same.
const { status } = spawnSync(
  process.execPath,
  ['node_modules/jsii/bin/jsii', '--silence-warnings=metadata/missing-dev-dependency'],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
);
process.exitCode = status ?? 1;
