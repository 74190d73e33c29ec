import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../../core/issue';
import { checksums, folderDigest, type HostFile, type HostFolder } from './folder';
import { HOST_PATHS, type HostPaths, type NodeHost } from './probe';
import type { HostShell } from './shell';

export interface StageOptions {
  readonly environment: string;
  /** @default those of install.sh */
  readonly paths?: HostPaths;
}

/** The list of a folder, in the folder. */
const SUMS = '.sums';
/** An archive of Kafka over a slow line. */
const COPY_TIMEOUT_MS = 1_800_000;

const STAGED = `cd "$1/current" 2>/dev/null || exit 0
find . -type f ! -name ${SUMS} -exec sha256sum {} +`;

/** Files that are not yet on the host as they are to be there; none where nothing has to be copied. */
export async function missingFiles(
  shell: HostShell,
  host: NodeHost,
  { folder, ...options }: StageOptions & { readonly folder: HostFolder },
): Promise<readonly HostFile[]> {
  const { stdout } = await shell.run(host, { script: STAGED, args: [base(options)], timeoutMs: 300_000 });
  const there = new Map(
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(66).replace(/^\.\//, ''), line.slice(0, 64)]),
  );
  return folder.files.filter(({ path, sha256 }) => there.get(path) !== sha256);
}

/** `$1`: folder of the environment, `$2`: name of the new one, `$3`: KiB that it takes; standard input: an archive of what is new. */
const RECEIVE = `set -eu
umask 077
base=$1 digest=$2
mkdir -p -- "$base"
exec 9>"$base/lock"
flock -n 9 || { echo 'another kdk is at work on this host' >&2; exit 75; }
free=$(df -Pk "$base" | awk 'NR == 2 { print $4 }')
[ "$free" -gt "$3" ] || { echo "$free KiB are free in $base: No space left on device" >&2; exit 1; }
new=$base/$digest.new
rm -rf -- "$new"
mkdir -- "$new"
tar -xf - -C "$new" --no-same-owner
while IFS= read -r line; do
  path=\${line#*  }
  [ ! -e "$new/$path" ] || continue
  mkdir -p -- "$(dirname -- "$new/$path")"
  ln -- "$base/current/$path" "$new/$path"
done <"$new/${SUMS}"
[ -e "$new/packages" ] || [ ! -d "$base/current/packages" ] || cp -al -- "$base/current/packages" "$new/packages"
find "$new" -type f -exec chmod 0600 {} +
find "$new" -type f -name '*.sh' -exec chmod 0700 {} +
(cd "$new" && sha256sum -c --quiet ${SUMS})
rm -rf -- "\${base:?}/$digest"
mv -T -- "$new" "$base/$digest"
ln -sfn -- "$digest" "$base/current.new"
mv -T -- "$base/current.new" "$base/current"
for old in "$base"/*; do
  case \${old##*/} in "$digest" | current | lock | install.log) ;; *) rm -rf -- "$old" ;; esac
done`;

/**
 * Copies what is missing; the new folder is in its place whole, or not at all. Packages stay where none are brought: settings change more
 * often than they do.
 */
export async function stage(
  shell: HostShell,
  host: NodeHost,
  options: StageOptions & { readonly folder: HostFolder; readonly missing: readonly HostFile[] },
): Promise<void> {
  const { folder, missing } = options;
  const draft = mkdtempSync(join(tmpdir(), 'kdk-stage-'));
  try {
    writeFileSync(join(draft, SUMS), checksums(folder));
    for (const file of missing) place(draft, file);
    const kibibytes = Math.ceil(missing.reduce((sum, { bytes }) => sum + bytes, 0) / 1024) + 1024;
    const archive = spawn('tar', ['-chf', '-', '-C', draft, '.'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      // Else the tar of a Mac adds files of its own.
      env: { ...process.env, COPYFILE_DISABLE: '1' },
    });
    const failed = new Promise<never>((_, reject) => archive.on('error', reject));
    const copied = shell.run(host, {
      script: RECEIVE,
      args: [base(options), folderDigest(folder), String(kibibytes)],
      input: archive.stdout,
      timeoutMs: COPY_TIMEOUT_MS,
    });
    const { status, stderr } = await Promise.race([copied, failed]);
    if (status !== 0) throw notCopied(host, base(options), stderr);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Large files and keys stay where they are: the archive is made through links. */
function place(draft: string, { path, content, source }: HostFile): void {
  const target = join(draft, path);
  mkdirSync(dirname(target), { recursive: true });
  if (content === undefined) symlinkSync(resolve(source!), target);
  else writeFileSync(target, content);
}

/** `$1`: folder of the environment, `$2`: option of install.sh. A connection that breaks does not end it half-way. */
const INSTALL = `set -u
exec 9>"$1/lock"
flock -n 9 || { echo 'another kdk is at work on this host' >&2; exit 75; }
[ "\${2:-}" != --check ] || grep -q -e --check "$1/current/install.sh" || exit 0
"$1/current/install.sh" \${2:+"$2"} >"$1/install.log" 2>&1 9>&-
status=$?
cat -- "$1/install.log"
! grep -q '^Job for kafka.service failed' "$1/install.log" || journalctl --unit=kafka.service --lines=5 --output=cat --no-pager
exit "$status"`;

/** Runs install.sh of what was copied, and gives what it said; `--check` looks and changes nothing. */
export async function install(
  shell: HostShell,
  host: NodeHost,
  options: StageOptions & { readonly only?: '--check' },
): Promise<readonly string[]> {
  const args = [base(options), ...(options.only === undefined ? [] : [options.only])];
  const { status, stdout, stderr } = await shell.run(host, { script: INSTALL, args, timeoutMs: 900_000 });
  const said = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  if (status === 0) return said;
  if (status === 75) throw busy(host);
  throw new Failure(
    'HOST-INSTALL',
    `install.sh stops on ${host.name}, got ${said.length === 0 ? `status ${status}` : said.map((line) => line.replace(/^install: /, '')).join(' ')}${said.at(-1)?.endsWith('.') === true ? '' : '.'}`,
    'Mend that, and run this again; what runs was left running.',
  );
}

const base = ({ environment, paths = HOST_PATHS }: StageOptions): string => `${paths.staging}/${environment}`;

function notCopied(host: NodeHost, folder: string, stderr: string): Failure {
  const said = stderr.trim().split('\n').at(-1)?.replace(/\.$/, '') ?? 'nothing';
  if (/another kdk is at work/.test(stderr)) return busy(host);
  if (/No space left on device|Disk quota exceeded/.test(stderr))
    return new Failure(
      'HOST-DISK-FULL',
      `the disk of ${host.name} is full, got ${said}; the files of the node need room in ${folder}.`,
      'Make room there (old archives, logs), and run this again; what runs was left running.',
    );
  if (/Read-only file system/.test(stderr))
    return new Failure(
      'HOST-READ-ONLY',
      `a file system of ${host.name} cannot be written, got ${said}; ${folder} has to be.`,
      'Look at the kernel log for what made it read-only (dmesg), mend it, and mount it again.',
    );
  return new Failure(
    'HOST-COPY',
    `files could not be copied to ${host.name}, got ${said}; they have to be there whole, in ${folder}.`,
    'Mend that, and run this again; the former folder is in its place.',
  );
}

function busy({ name }: NodeHost): Failure {
  return new Failure(
    'HOST-BUSY',
    `another kdk is at work on ${name}, got its lock; one at a time may change a host.`,
    'Wait until it is done, and run this again.',
  );
}
