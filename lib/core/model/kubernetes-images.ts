import type { EnvironmentSpec } from '../spec';

/** Where the Kafka image has the JMX exporter, and an image of it too. */
export const JMX_EXPORTER_FOLDER = '/opt/jmx-exporter';
/** Where the Kafka image has the plugins of Connect, one folder each, called as in the environment. */
export const PLUGINS_FOLDER = '/opt/kafka/plugins';

/** A folder that another image brings into a pod. */
export interface ImageFolder {
  readonly image: string;
  /** The folder in that image. */
  readonly from: string;
  /** Where the pod finds it. */
  readonly to: string;
  readonly delivery: 'init-container' | 'image-volume';
}

type Images = NonNullable<NonNullable<EnvironmentSpec['targets']>['kubernetes']>['images'];

/** The JMX exporter, where the Kafka image does not bring it. */
export function jmxExporterFolder({ jmxExporter }: Images): ImageFolder | undefined {
  return jmxExporter === undefined ? undefined : folder(jmxExporter, JMX_EXPORTER_FOLDER);
}

/** The plugin of that name, where the Kafka image does not bring it. */
export function pluginFolder({ plugins }: Images, name: string): ImageFolder | undefined {
  const plugin = plugins?.[name];
  return plugin === undefined ? undefined : folder(plugin, `${PLUGINS_FOLDER}/${name}`);
}

function folder({ image, path, delivery }: NonNullable<Images['jmxExporter']>, place: string): ImageFolder {
  return { image, from: path ?? place, to: place, delivery: delivery ?? 'init-container' };
}
