import { kubernetesText } from './manifests';

/** The environment dc1, which mirrors of `small` copy from. */
export function sourceText(more = ''): string {
  return kubernetesText({
    listeners: '{ internal: { authentication: scram-sha-512 }, partners: { authentication: mtls } }',
    more: `principals:
  reader: { listener: internal, acls: [
    { topics: [orders, "shop.*"], operations: [read, describe, describe-configs] }, { groups: ["*"], operations: [describe] }] }
  partner: { listener: partners }
${more}`,
  })
    .replace('name: small', 'name: dc1')
    .replace('namespace: kafka', 'namespace: dc1');
}

/** `small` with these mirrors. */
export function mirrorsText(mirrors: string, settings = ''): string {
  return kubernetesText({ settings, more: `mirrors: ${mirrors}\n` });
}

/** A mirror of dc1 that is as it should be. */
export const MIRROR = '{ source: { environment: dc1, principal: reader }, topics: [orders, "shop.*"] }';
