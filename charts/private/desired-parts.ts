import { gzipSync } from 'node:zlib';
import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { shortHash, type EnvironmentModel } from '../../lib/core/model';
import type { DesiredState } from '../../lib/core/plan';
import { objectLabels } from './labels';
import { DESIRED } from './paths';
import type { PodFile } from './pod';

/**
 * `kubectl apply` keeps a copy of an object in an annotation of it, and annotations hold 256 KiB in all. base64 makes four bytes of three;
 * the rest is for names and labels. (An object itself holds 1 MiB.)
 */
const PART_BYTES = 180 * 1024;

export interface DesiredParts {
  readonly hash: string;
  /** Mounts all of them, as one folder. */
  readonly file: PodFile;
}

/** What is wanted, compressed, in as many objects as are needed: some thousand topics fit into one. The same wish has the same names. */
export function addDesiredParts(scope: Construct, model: EnvironmentModel, desired: DesiredState): DesiredParts {
  const bytes = gzipSync(JSON.stringify(desired));
  // The system that compressed it stands here, and would make other bytes of the same state.
  bytes[9] = 255;
  const hash = shortHash(JSON.stringify(desired), 10);
  const names = Array.from(
    { length: Math.ceil(bytes.length / PART_BYTES) },
    (_, index) => `${model.name}-desired-${hash}-${index}`,
  );
  for (const [index, name] of names.entries()) {
    const part = bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);
    new k8s.KubeConfigMap(scope, `ConfigMap-${name}`, {
      metadata: {
        name,
        namespace: model.spec.targets!.kubernetes!.namespace,
        labels: objectLabels(model, 'kafka-reconciler'),
      },
      immutable: true,
      binaryData: { [partFile(index)]: part.toString('base64') },
    });
  }
  const sources = names.map((name) => ({ configMap: { name } }));
  return { hash, file: { volume: { name: 'desired', projected: { sources } }, mountPath: DESIRED } };
}

/** In the order of their names. */
function partFile(index: number): string {
  return `desired.json.gz.${String(index).padStart(3, '0')}`;
}
