import { spawnSync } from 'node:child_process';

test('the option catalogue is what its generator writes, for every known version', () => {
  const { status, stderr } = spawnSync('node', ['tools/catalogue/generate.mjs', '--check'], { encoding: 'utf8' });
  expect(stderr).toContain('broker options, unchanged');
  expect(status).toBe(0);
}, 900_000);
