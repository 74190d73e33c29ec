import { join } from 'node:path';
import { Failure } from '../../core/issue';
import type { EnvironmentModel } from '../../core/model';
import { formatBytes } from '../../core/units';
import { requireOwnCluster } from '../../environment/own-cluster';
import {
  ARCHITECTURES,
  PACKAGE_PARTS,
  removePackages,
  sharePackages,
  withHostPackages,
  writePackages,
  type WrittenPackage,
} from '../../local/packages';
import { subfolders } from '../subfolders';
import { openValid } from '../open-valid';
import type { CommonOptions, Context, Outcome } from '../outcome';
import { requireRendered } from '../output-folder';

export interface PackagesOptions extends CommonOptions {
  readonly out?: string;
  readonly java?: readonly string[];
  readonly node?: readonly string[];
  readonly arch?: readonly string[];
  readonly only?: readonly string[];
}

/** `kdk packages ENV --out DIR`: what hosts install from, once in DIR/packages and by hard links in the folder of each host. */
export async function packages(argument: string, options: PackagesOptions, context: Context): Promise<Outcome> {
  const { model, name, issues } = openValid(argument, options);
  requireOwnCluster(model);
  const { out } = options;
  const isHosts = model.target === 'hosts';
  if (!isHosts && model.target !== 'ec2') throw wrongTarget(model);
  if (out === undefined) throw nowhere(argument);
  const architectures = chosen('--arch', options.arch, ARCHITECTURES);
  const parts = chosen('--only', options.only, PACKAGE_PARTS) ?? PACKAGE_PARTS;
  const java = options.java ?? [];
  checkJava(model, java, parts.includes('java'));
  if (isHosts) requireRendered(out, { environment: name, content: model.target });
  const folder = isHosts ? join(out, 'packages') : out;
  const { progress, signal, version } = context;
  const written = await withHostPackages(
    {
      ...{ kafkaVersion: model.kafka.patch, kitVersion: version, parts, java, node: options.node ?? [] },
      ...(architectures === undefined ? {} : { architectures }),
      ...{ progress, signal },
    },
    (found) => writePackages(folder, found, { progress, signal }),
  );
  const hosts = isHosts ? model.nodes.map((node) => node.name) : [];
  for (const host of hosts) await sharePackages(folder, join(out, host, 'packages'));
  if (isHosts)
    for (const other of subfolders(out)) if (!hosts.includes(other)) removePackages(join(out, other, 'packages'));
  return {
    environment: name,
    issues,
    result: { folder, packages: written, hosts },
    lines: lines(folder, written, hosts),
  };
}

function chosen<Word extends string>(
  flag: string,
  given: readonly string[] | undefined,
  known: readonly Word[],
): readonly Word[] | undefined {
  if (given === undefined) return undefined;
  const wrong = given.find((word) => !(known as readonly string[]).includes(word));
  if (wrong === undefined) return known.filter((word) => given.includes(word));
  throw new Failure(
    'USAGE',
    `${flag} has an unknown value, got ${JSON.stringify(wrong)}; ${known.join(', ')} are allowed.`,
    'Name one of them.',
    2,
  );
}

/** Whether hosts bring their Java or get one stands in the environment; both sides have to agree. */
function checkJava(model: EnvironmentModel, java: readonly string[], wanted: boolean): void {
  if (model.target !== 'hosts') return;
  const bundled = model.spec.targets?.hosts?.java === 'bundled';
  if (!bundled && java.length > 0) {
    throw new Failure(
      'PACKAGES-JAVA',
      `the hosts have a Java of their own, got --java ${java[0]}; an archive is taken where targets.hosts.java is bundled.`,
      'Leave it out, or write java: bundled under targets.hosts and render again.',
      2,
    );
  }
  if (bundled && wanted && java.length === 0) {
    throw new Failure(
      'PACKAGES-JAVA',
      'the hosts have no Java of their own, got no --java; the archive of a runtime is needed where targets.hosts.java is bundled.',
      'Give one for each kind of machine, for example --java jre-21-linux-x64.tar.gz.',
      2,
    );
  }
}

function wrongTarget({ target }: EnvironmentModel): Failure {
  return new Failure(
    'PACKAGES-TARGET',
    `only hosts and instances on EC2 install packages, got target ${target}; hosts and ec2 are allowed.`,
    target === 'kubernetes' ? 'Containers come from images: see kdk images.' : 'Choose another target with --target.',
    2,
  );
}

function nowhere(argument: string): Failure {
  return new Failure(
    'USAGE',
    'there is nowhere to write to, got no --out; the folder of kdk render is needed.',
    `Try kdk packages ${argument} --out rendered/${argument}.`,
    2,
  );
}

function lines(folder: string, written: readonly WrittenPackage[], hosts: readonly string[]): string[] {
  return [
    ...written.map(
      ({ file, what, bytes, changed }) =>
        `${join(folder, file)}: ${what}, ${formatBytes(bytes)}, ${changed ? 'written' : 'unchanged'}`,
    ),
    ...(hosts.length === 0
      ? []
      : [`linked into the folders of ${hosts.length} hosts; copy each to its host and run install.sh`]),
  ];
}
