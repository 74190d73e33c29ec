// Makes the jsii assembly of lib and charts: checks the types and the rules of jsii, writes .jsii and the declarations to dist.
import { execFileSync } from 'node:child_process';
import { compile, root } from './compile.mjs';

// jsii writes the code too, in the same layout; the data files beside it come from compile.
await compile();
execFileSync(process.execPath, ['node_modules/jsii/bin/jsii', '--silence-warnings=metadata/missing-dev-dependency'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
});
