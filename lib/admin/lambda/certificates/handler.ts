import { AwsSecretDocuments } from '../../adapters/aws/secret-documents';
import type { Answer } from '../cloudformation-event';
import { explain } from '../explain';
import { log } from '../log';
import { respond } from '../respond';
import { isRollback } from '../rollback';
import {
  isRenewal,
  type CertificatesEvent,
  type CertificatesProperties,
  type RenewalEvent,
} from './certificate-properties';
import { keepCertificates, type KeepOptions } from './keep-certificates';

/**
 * The authority of an environment on EC2: a custom resource of CloudFormation that puts certificates into secrets, and a schedule that
 * renews them. Keys leave the function for their secrets alone. Secrets stay when the stack goes.
 */
export async function handler(event: CertificatesEvent | RenewalEvent): Promise<void> {
  if (isRenewal(event)) {
    await kept(event.Renew);
    return;
  }
  const { Environment: environment, Region: region } = event.ResourceProperties;
  await respond(event, event.PhysicalResourceId ?? `kafka-certificates-${environment}`, async () => {
    if (event.RequestType === 'Delete') return { status: 'SUCCESS' };
    try {
      return await issue(event.ResourceProperties);
    } catch (error) {
      if (!(await isRollback(event, region))) throw error;
      log(`ROLLBACK-INCOMPLETE: ${explain(error)} The stack goes back without it; deploy again.`);
      return { status: 'SUCCESS' };
    }
  });
}

async function issue({ Certificates: wanted, ...properties }: CertificatesProperties): Promise<Answer> {
  return { status: 'SUCCESS', data: { CertificateAuthority: await kept(properties, { wanted }) } };
}

async function kept(
  { Environment: environment, Region: region, AuthoritySecretArn: authoritySecretArn }: RenewalEvent['Renew'],
  more: Pick<KeepOptions, 'wanted'> = {},
): Promise<string> {
  const secrets = new AwsSecretDocuments(region);
  try {
    return await keepCertificates(secrets, { environment, authoritySecretArn, ...more, now: new Date(), log });
  } finally {
    secrets.close();
  }
}
