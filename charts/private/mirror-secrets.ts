import { mirrorFolder, sourceBootstrapFolder, sourceKeys, WORKER_SECRETS } from '../../lib/core/config';
import { mirrorSecretName, type EnvironmentModel, type MirrorModel } from '../../lib/core/model';
import { TLS } from './paths';
import type { PodFile } from './pod';

/** Whether workers of mirrors log in with IAM at one of their sources. */
export function hasIamSource(model: EnvironmentModel): boolean {
  return runningMirrors(model).some(({ source }) => source.authentication === 'iam');
}

/** The bootstrap servers of sources that are known after a deployment only, a folder each. */
export function mirrorBootstraps(model: EnvironmentModel): PodFile[] {
  return bootstraps(model).map(({ folder, configMap }, index) => ({
    volume: { name: `source-bootstrap-${index}`, configMap: { name: configMap } },
    mountPath: folder,
  }));
}

function bootstraps(model: EnvironmentModel) {
  return runningMirrors(model).flatMap(({ name, source: { bootstrap } }) =>
    bootstrap === undefined ? [] : [{ folder: sourceBootstrapFolder(name), ...bootstrap }],
  );
}

interface SourceSecret {
  readonly secretName: string;
  readonly mountPath: string;
  readonly keys: readonly string[];
}

/** What the workers of mirrors show to their sources, and trust them by: a folder for passwords and one for certificates each. */
export function mirrorSecrets(model: EnvironmentModel): PodFile[] {
  return sourceSecrets(model).map(({ secretName, mountPath }, index) => ({
    volume: { name: `source-${index}`, secret: { secretName, defaultMode: 0o440 } },
    mountPath,
  }));
}

/** What should be in these folders, and the Secret that should hold it: Kubernetes mounts a folder without looking for the single key. */
export function mirrorNeededFiles(model: EnvironmentModel): string[] {
  return [
    ...bootstraps(model).map(({ folder, configMap, key }) => `${folder}/${key} ConfigMap ${configMap}`),
    ...sourceSecrets(model).flatMap(({ secretName, mountPath, keys }) =>
      keys.map((key) => `${mountPath}/${key} Secret ${secretName}`),
    ),
  ];
}

function sourceSecrets(model: EnvironmentModel): SourceSecret[] {
  return runningMirrors(model).flatMap((mirror) => {
    const { login, tls } = sourceKeys(mirror.source);
    const secretName = mirrorSecretName(model, mirror);
    const folder = mirrorFolder(mirror.name);
    return [
      { secretName, mountPath: `${WORKER_SECRETS}/${folder}`, keys: login },
      { secretName, mountPath: `${TLS}/${folder}`, keys: tls },
    ].filter(({ keys }) => keys.length > 0);
  });
}

function runningMirrors(model: EnvironmentModel): MirrorModel[] {
  if (model.connect?.group !== 'mirror') return [];
  return model.mirrorMaker!.mirrors.filter(({ deleted }) => deleted === undefined);
}
