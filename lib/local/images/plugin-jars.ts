import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Failure, type Progress } from '../../core/issue';
import { pluginFileName, pluginPartProblems } from '../../core/msk-connect';
import { pluginPom } from '../connect-plugins/plugin-pom';
import { writing } from '../file-failure';
import { assembled } from '../kafka-home/assembled-folder';
import { cacheFolder, cachePlace } from '../kafka-home/cache';
import { copyArtifacts } from '../kafka-home/maven';

export interface PluginJars {
  /** Maven coordinates, group:artifact:version. */
  readonly maven: string;
  readonly progress: Progress;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** The folder in the cache with the jars of a plugin and of what it needs at run time, each verified; fetched once. */
export async function pluginJars({ maven, progress, env, signal }: PluginJars): Promise<string> {
  const [problem] = pluginPartProblems([maven]);
  if (problem !== undefined) throw new Failure('PLUGIN-PART', problem.message, problem.hint);
  const folder = join(resolve(cacheFolder(env)), 'plugins', pluginFileName([maven]).replace(/\.zip$/, ''));
  const pom = `${folder}.pom.xml`;
  const place = cachePlace(env);
  await writing(place, () => {
    mkdirSync(dirname(folder), { recursive: true });
    writeFileSync(pom, pluginPom([maven]));
  });
  await assembled({
    path: folder,
    what: maven,
    recipe: [pom],
    place,
    progress,
    fill: (output, log) =>
      copyArtifacts({
        pom,
        properties: {},
        output,
        log,
        what: maven,
        instead: 'bring the plugin in an image of your own (targets.kubernetes.images.plugins)',
        env,
        progress,
        ...(signal === undefined ? {} : { signal }),
      }),
  });
  return folder;
}
