import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { jmxExporterFolder, pluginFolder, type EnvironmentModel, type ImageFolder } from '../../lib/core/model';
import { CONTAINER_SECURITY } from './pod-security';

/** A folder of another image, with the name of its volume and of the container that copies it. */
export interface NamedFolder extends ImageFolder {
  readonly name: string;
}

const COPY = [
  '[ -d "$1" ] || { echo "copy: the image lacks what it is to bring, got no folder $1; name the folder under path." >&2; exit 1; }',
  // Forced, since a container that starts again finds its own files, which may be read-only.
  'exec cp -Rf "$1/." "$2/"',
].join('\n');
const COPY_TO = '/to';
/** A copy needs little memory of its own; what it writes is cache that can be dropped. */
const COPY_MEMORY = '128Mi';
const COPY_CPU = '100m';

/** The exporter for a pod whose Java loads it; a Kafka image of one's own has it. */
export function exporterFolders(model: EnvironmentModel, metricsPort: number | undefined): NamedFolder[] {
  const found = metricsPort === undefined ? undefined : jmxExporterFolder(model.spec.targets!.kubernetes!.images);
  return found === undefined ? [] : [{ name: 'jmx-exporter', ...found }];
}

/** The plugins that come from images of their own. */
export function pluginFolders(model: EnvironmentModel, plugins: readonly string[]): NamedFolder[] {
  const { images } = model.spec.targets!.kubernetes!;
  return plugins.flatMap((plugin) => {
    const found = pluginFolder(images, plugin);
    return found === undefined ? [] : [{ name: `plugin-${plugin}`, ...found }];
  });
}

export function copyContainers(folders: readonly NamedFolder[]): k8s.Container[] {
  const memory = k8s.Quantity.fromString(COPY_MEMORY);
  return folders.filter(isCopied).map(({ name, image, from }) => ({
    name,
    image,
    command: ['sh', '-c', COPY, 'copy', from, COPY_TO],
    resources: { requests: { cpu: k8s.Quantity.fromString(COPY_CPU), memory }, limits: { memory } },
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [{ name, mountPath: COPY_TO }],
  }));
}

/** Volumes that copies go to; those that are images are no part of the typed objects of Kubernetes 1.27. */
export function copyVolumes(folders: readonly NamedFolder[]): k8s.Volume[] {
  return folders.filter(isCopied).map(({ name }) => ({
    name,
    emptyDir: { sizeLimit: k8s.Quantity.fromString('1Gi') },
  }));
}

export function folderMounts(folders: readonly NamedFolder[]): k8s.VolumeMount[] {
  return folders.map(({ name, from, to, delivery }) => ({
    name,
    mountPath: to,
    readOnly: true,
    ...(delivery === 'image-volume' ? { subPath: from.slice(1) } : {}),
  }));
}

/**
 * Adds the volumes that are images (KEP-4639) to an object with a pod template: to what it becomes, since the typed objects drop what
 * Kubernetes 1.27 did not know, and JSON patches go through them too.
 */
export function addImageVolumes(object: ApiObject, folders: readonly NamedFolder[]): void {
  const volumes = folders
    .filter((folder) => !isCopied(folder))
    .map(({ name, image }) => ({ name, image: { reference: image } }));
  if (volumes.length === 0) return;
  const typed = object.toJson.bind(object);
  object.toJson = () => {
    const json = typed() as { spec: { template: { spec: { volumes: unknown[] } } } };
    json.spec.template.spec.volumes.push(...volumes);
    return json;
  };
}

function isCopied({ delivery }: ImageFolder): boolean {
  return delivery === 'init-container';
}
