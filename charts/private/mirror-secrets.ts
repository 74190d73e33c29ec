import { mirrorFolder, sourceKeys, WORKER_SECRETS } from '../../lib/core/config';
import { mirrorSecretName, type EnvironmentModel, type MirrorModel } from '../../lib/core/model';
import { TLS } from './paths';
import type { PodFile } from './pod';

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
  return sourceSecrets(model).flatMap(({ secretName, mountPath, keys }) =>
    keys.map((key) => `${mountPath}/${key} Secret ${secretName}`),
  );
}

function sourceSecrets(model: EnvironmentModel): SourceSecret[] {
  if (model.connect?.group !== 'mirror') return [];
  return model
    .mirrorMaker!.mirrors.filter(({ deleted }) => deleted === undefined)
    .flatMap((mirror: MirrorModel) => {
      const { login, tls } = sourceKeys(mirror.source);
      const secretName = mirrorSecretName(model, mirror);
      const folder = mirrorFolder(mirror.name);
      return [
        { secretName, mountPath: `${WORKER_SECRETS}/${folder}`, keys: login },
        { secretName, mountPath: `${TLS}/${folder}`, keys: tls },
      ].filter(({ keys }) => keys.length > 0);
    });
}
