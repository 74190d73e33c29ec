import type { Refusal } from './refusal';

/** A name that the service would refuse for a cluster. */
export function* clusterNameRefusals(clusterName: string): Generator<Refusal<'clusterName'>> {
  if (/^[0-9A-Za-z][0-9A-Za-z-]{0,63}$/.test(clusterName)) return;
  yield {
    code: 'MSK-CLUSTER-NAME',
    subject: 'clusterName',
    message: `not a name for a cluster, got "${clusterName}"; up to 64 letters, digits and dashes are allowed, beginning with a letter or digit.`,
    hint: 'Choose another name.',
    rule: 'clusterName',
  };
}
