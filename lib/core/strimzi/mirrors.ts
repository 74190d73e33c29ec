import type { MirrorModel } from '../model';

/** Whether a KafkaMirrorMaker2 can say how to reach the source: it has no log-in with IAM, and no addresses out of a ConfigMap. */
export function strimziCarriesMirror({ source, deleted }: MirrorModel): boolean {
  return deleted === undefined && source.authentication !== 'iam' && source.bootstrap === undefined;
}
