import { connectListener } from '../../../lib/core/config';
import type { EnvironmentModel } from '../../../lib/core/model';
import { strimziBootstrapServers } from './names';
import { present, strimziObject, type StrimziObject } from './object';
import { connection, internalTopics, workerFields } from './workers';

/** The workers; connectors are objects of their own. */
export function connect(model: EnvironmentModel): StrimziObject[] {
  if (model.connect === undefined) return [];
  const { version, replicas, ...fields } = workerFields(model, 'KafkaConnect');
  const { strimzi } = model.spec.targets!.kubernetes!;
  return [
    strimziObject(
      model,
      'KafkaConnect',
      model.name,
      present({
        version,
        replicas,
        image: strimzi?.connectImage,
        bootstrapServers: strimziBootstrapServers(model, connectListener(model)),
        ...internalTopics(model),
        ...connection(model),
        ...fields,
        build: strimzi?.connectImage === undefined ? build(model) : undefined,
        plugins: imagePlugins(model),
      })!,
      // Without it the operator leaves objects of kind KafkaConnector alone.
      { annotations: { 'strimzi.io/use-connector-resources': 'true' } },
    ),
  ];
}

function build(model: EnvironmentModel): unknown {
  const output = model.spec.targets!.kubernetes!.strimzi?.connectBuild;
  const plugins = model.connect!.plugins;
  if (output === undefined || plugins.length === 0) return undefined;
  return {
    output: { type: 'docker', ...output },
    plugins: plugins.map(({ name, maven }) => {
      const [group, artifact, version] = maven.split(':');
      return { name, artifacts: [{ type: 'maven', group, artifact, version }] };
    }),
  };
}

/** Plugins whose images are mounted as they are, where nothing else brings them. */
function imagePlugins(model: EnvironmentModel): unknown {
  const { strimzi, images } = model.spec.targets!.kubernetes!;
  if (strimzi?.connectImage !== undefined || strimzi?.connectBuild !== undefined) return undefined;
  const plugins = model.connect!.plugins.flatMap(({ name }) => {
    const reference = images.plugins?.[name]?.image;
    return reference === undefined ? [] : [{ name, artifacts: [{ type: 'image', reference }] }];
  });
  return plugins.length === 0 ? undefined : plugins;
}
