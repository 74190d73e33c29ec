// `npm run bench [validate|synth|kubernetes|up|roll|throughput|metrics|reconcile ...] [-- --rounds N]`: ratios within one run; absolute seconds only say what machine it was.
import { compile, root } from '../scripts/compile.mjs';
import { benchKubernetes } from './kubernetes.mjs';
import { benchMetrics } from './metrics.mjs';
import { benchReconcile } from './reconcile.mjs';
import { benchRoll } from './roll.mjs';
import { benchSynth } from './synth.mjs';
import { benchThroughput } from './throughput.mjs';
import { benchUp } from './up.mjs';
import { benchValidate } from './validate.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--rounds');
const rounds = at === -1 ? undefined : Number(args[at + 1]);
const chosen = args.filter((arg, index) => !arg.startsWith('--') && (at === -1 || index !== at + 1));
const suites = {
  validate: () => benchValidate(root, rounds ?? 7),
  synth: () => benchSynth(root, rounds ?? 7),
  kubernetes: () => benchKubernetes(root, rounds ?? 5),
  up: () => benchUp(root, rounds ?? 3),
  roll: () => benchRoll(root, rounds ?? 3),
  throughput: () => benchThroughput(root, rounds ?? 5),
  metrics: () => benchMetrics(root, rounds ?? 5),
  reconcile: () => benchReconcile(root),
};
const unknown = chosen.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; one of ${Object.keys(suites).join(', ')} is allowed.`);
  process.exit(2);
}
await compile();
for (const name of chosen.length > 0 ? chosen : Object.keys(suites)) await suites[name]();
