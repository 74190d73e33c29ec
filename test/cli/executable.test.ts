import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '../support/kdk';

test('the command that the package names can be run as it is', () => {
  const bin = (require(join(REPOSITORY, 'package.json')) as { bin: { kdk: string }; version: string }).bin.kdk;
  const { version } = require(join(REPOSITORY, 'package.json')) as { version: string };
  expect(execFileSync(join(REPOSITORY, bin), ['--version'], { encoding: 'utf8' }).trim()).toBe(version);
});
