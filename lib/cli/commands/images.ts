import { join } from 'node:path';
import { Failure } from '../../core/issue';
import { imageReference, officialKafka, pluginFolder, type EnvironmentModel } from '../../core/model';
import { formatBytes } from '../../core/units';
import { kafkaContext, pluginContext, toolsContext, type ImageContext, type ImageContexts } from '../../local/images';
import { requireOwnCluster } from '../../environment/own-cluster';
import { openValid } from '../open-valid';
import type { CommonOptions, Context, Outcome } from '../outcome';
import { renderedTarget } from '../renderers';

export interface ImagesOptions extends CommonOptions {
  readonly out?: string;
}

interface Image extends ImageContext {
  /** The key under `targets.kubernetes` that names the image. */
  readonly key: string;
  /** What it is called in the registry: the repository that the environment names, with a tag by what is inside. */
  readonly image: string;
}

/** `kdk images ENV`: writes a folder for each image that the environment names and the kit can make, and says how to build it. */
export async function images(
  argument: string,
  options: ImagesOptions,
  { progress, signal, version }: Context,
): Promise<Outcome> {
  const { model, name, issues } = openValid(argument, options);
  if (model.brokersElsewhere === undefined) requireOwnCluster(model);
  if (renderedTarget(model) !== 'kubernetes') {
    throw new Failure(
      'IMAGES-TARGET',
      `only Kubernetes runs images, got target ${model.target}; kubernetes is needed.`,
      'Choose it with --target kubernetes if the environment has it under targets.',
      2,
    );
  }
  const folder = options.out ?? join('.kdk', 'images', name);
  const made = await contexts(model, {
    folder,
    kafkaVersion: model.kafka.patch,
    kitVersion: version,
    progress,
    signal,
  });
  return { environment: name, issues, result: { images: made }, lines: lines(made) };
}

async function contexts(model: EnvironmentModel, options: ImageContexts): Promise<Image[]> {
  const named = model.spec.targets!.kubernetes!.images;
  const plugins = model.connect?.plugins ?? [];
  const inside = plugins.filter(({ name }) => pluginFolder(named, name) === undefined);
  const made: Image[] = [];
  const add = (key: string, image: string, context: ImageContext): void =>
    void made.push({ key, image: `${imageReference(image).repository}:${context.tag}`, ...context });
  // The official image is there already.
  if (officialKafka(named.kafka) === undefined) {
    add('images.kafka', named.kafka, await kafkaContext(options, inside));
  }
  if (named.tools !== undefined) add('images.tools', named.tools, await toolsContext(options));
  for (const plugin of plugins) {
    const from = pluginFolder(named, plugin.name);
    // A folder of another layout is of somebody else's image.
    if (from === undefined || from.from !== from.to) continue;
    const key = `images.plugins.${plugin.name}.image`;
    add(key, from.image, await pluginContext(options, plugin, from.delivery));
  }
  return made;
}

function lines(made: readonly Image[]): string[] {
  if (made.length === 0) return ['There is nothing to build: the environment names images of others alone.'];
  return [
    ...made.map(
      ({ folder, contents, files, bytes, changed }) =>
        `${folder}: ${contents.join(', ')}; ${files} files, ${formatBytes(bytes)}, ${changed ? 'written' : 'unchanged'}`,
    ),
    '',
    'Build and push them (--build-arg BASE=IMAGE@sha256:... chooses the base image and pins it):',
    ...made.flatMap(({ image, folder }) => [`  docker build --tag ${image} ${folder}`, `  docker push ${image}`]),
    '',
    'Then write the digest that each push prints under targets.kubernetes:',
    ...made.map(({ key, image }) => `  ${key}: ${image}@sha256:...`),
  ];
}
