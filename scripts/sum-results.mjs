// Adds up the results of the suites (JSON files of counts) and of the steps, and prints the closing line.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
let passed = 0;
let failed = 0;
for (const suite of ['hermetic.json', 'system.json']) {
  const path = join(folder, suite);
  if (!existsSync(path)) {
    failed += 1;
    continue;
  }
  const counts = JSON.parse(readFileSync(path, 'utf8'));
  passed += counts.passed;
  failed += counts.failed;
}
const lines = (name) =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean) : [];
// The two suites are counted test by test above; the other steps count as one each.
const isSuite = (name) => name.startsWith('npm ');
passed += lines('passed').filter((name) => !isSuite(name)).length;
failed += lines('failed').filter((name) => !isSuite(name)).length;
if (failed === 0 && lines('failed').length > 0) failed = lines('failed').length;
console.log(`${passed} passed, ${failed} failed`);
