// The peers that synth is compared with are not dependencies of the kit: they go into a cache folder of their own when they are measured.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PACKAGES = [
  'aws-cdk-lib@2.276.0',
  'constructs@10.8.1',
  '@aws-cdk/aws-msk-alpha@2.271.0-alpha.0',
  // Without it DSF looks for docker, even where it bundles nothing.
  'esbuild@0.28.2',
];
/** Not on npm: its JavaScript is in the wheel of PyPI. */
const DSF = 'cdklabs.aws-data-solutions-framework==1.21.3';
const APPS = ['msk-alpha.cjs', 'dsf-provisioned.cjs', 'dsf-serverless.cjs'];
const FROM_WHEEL = `import glob, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0])
name = next(name for name in wheel.namelist() if name.endswith('.jsii.tgz'))
open(sys.argv[2], 'wb').write(wheel.read(name))`;

/** The folder with the peers and with the apps that use them; installs what is not there yet, which takes a minute. */
export function peersFolder() {
  const folder = process.env.KDK_BENCH_CACHE ?? join(homedir(), '.cache/kafka-deployment-kit/bench-peers');
  const stamp = join(folder, 'stamp');
  const wanted = [...PACKAGES, DSF].join('\n');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    process.stderr.write(`  installing ${[...PACKAGES, DSF].join(', ')} in ${folder}\n`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, 'wheel'), { recursive: true });
    const run = (program, args) => execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bench-peers', private: true }));
    const pip = ['-m', 'pip', '-q', '--disable-pip-version-check', 'download', '--no-deps', '-d', 'wheel', DSF];
    run('python3', pip);
    run('python3', ['-c', FROM_WHEEL, 'wheel', 'dsf.tgz']);
    run('npm', [
      'install',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      '--loglevel=error',
      ...PACKAGES,
      './dsf.tgz',
    ]);
    writeFileSync(stamp, wanted);
  }
  for (const app of APPS.filter((name) => readdirSync(HERE).includes(name)))
    copyFileSync(join(HERE, app), join(folder, app));
  return folder;
}
