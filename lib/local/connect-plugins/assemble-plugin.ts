import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Failure, type Progress } from '../../core/issue';
import { pluginFileName, pluginPartProblems, type PluginParts } from '../../core/msk-connect';
import { writing } from '../file-failure';
import { copyArtifacts } from '../kafka-home/maven';
import { pluginPom } from './plugin-pom';
import { storedZip, type ZipEntry } from './stored-zip';

export interface AssembledPlugin {
  readonly path: string;
  readonly parts: PluginParts;
  readonly jars: number;
  readonly bytes: number;
  /** Of the file; the same parts give the same one. */
  readonly sha256: string;
}

export interface AssembleOptions {
  readonly folder: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** @default the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
}

/** Puts the parts of a plugin, with what they need at run time, into one archive whose bytes depend on them alone. */
export async function assemblePlugin(parts: PluginParts, options: AssembleOptions): Promise<AssembledPlugin> {
  const [problem] = pluginPartProblems(parts);
  if (problem !== undefined) throw new Failure('PLUGIN-PART', problem.message, problem.hint, 2);
  const { folder, progress, signal, env = process.env } = options;
  const path = join(folder, pluginFileName(parts));
  const place = {
    code: 'PLUGINS-READ-ONLY',
    name: 'the folder of plugins',
    path: folder,
    hint: 'Give another one with --out.',
  };
  const work = mkdtempSync(join(tmpdir(), 'kdk-plugin-'));
  try {
    const files = parts.filter((part) => part.startsWith('file:')).map(ownJar);
    const coordinates = parts.filter((part) => !part.startsWith('file:'));
    const jars = join(work, 'jars');
    if (coordinates.length > 0) {
      const pom = join(work, 'pom.xml');
      writeFileSync(pom, pluginPom(coordinates));
      await writing(place, () => mkdirSync(folder, { recursive: true }));
      await copyArtifacts({
        pom,
        properties: {},
        output: jars,
        log: `${path}.maven.log`,
        what: coordinates.join(' and '),
        instead: 'give the plugin as a file (targets.msk.connect.plugins, MskConnectPlugin.fromFile)',
        env,
        progress,
        ...(signal === undefined ? {} : { signal }),
      });
    }
    const brought = existsSync(jars) ? readdirSync(jars).map((name) => entry(name, join(jars, name))) : [];
    const entries = [...new Map([...brought, ...files].map((each) => [each.path, each])).values()];
    const zip = storedZip(entries);
    await writing(place, () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${path}.tmp`, zip);
      renameSync(`${path}.tmp`, path);
    });
    const sha256 = createHash('sha256').update(zip).digest('hex');
    return { path, parts, jars: entries.length, bytes: zip.length, sha256 };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function ownJar(part: string): ZipEntry {
  const path = part.slice('file:'.length);
  if (!existsSync(path)) {
    throw new Failure(
      'PLUGIN-PART',
      `there is no such file, got "${path}"; the path of a .jar is allowed.`,
      'Check the path; it counts from the folder that the command runs in.',
    );
  }
  return entry(basename(path), path);
}

function entry(name: string, path: string): ZipEntry {
  return { path: `lib/${name}`, content: readFileSync(path) };
}
