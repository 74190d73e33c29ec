import type { ClusterSubject, MskClusterFacts } from './cluster-facts';
import type { Refusal } from './refusal';

const AUTHENTICATIONS = ['iam', 'scram-sha-512', 'mtls', 'none'];

/** What the service would refuse about how clients log in. */
export function* accessRefusals({
  authentications,
  certificateAuthorityArns,
}: MskClusterFacts): Generator<Refusal<ClusterSubject>> {
  if (authentications.length === 0) {
    yield {
      code: 'MSK-AUTHENTICATION',
      subject: 'authentication',
      message: 'clients have no way to log in, got none; at least one authentication is needed.',
      hint: 'Use iam.',
      rule: 'someAuthentication',
    };
  }
  for (const authentication of authentications.filter((one) => !AUTHENTICATIONS.includes(one))) {
    yield {
      code: 'MSK-AUTHENTICATION',
      subject: 'authentication',
      message: `Amazon MSK does not know the authentication, got ${authentication}; iam, scram-sha-512, mtls and none are allowed.`,
      hint: 'Use iam.',
      rule: 'authentications',
    };
  }
  if (authentications.includes('mtls') && certificateAuthorityArns.length === 0) {
    yield {
      code: 'MSK-CERTIFICATE-AUTHORITIES',
      subject: 'certificateAuthorities',
      message:
        'nobody vouches for client certificates, got mtls without an authority; ARNs of AWS Private CA authorities are needed.',
      hint: 'Name the authorities, or choose another authentication.',
      rule: 'certificateAuthorities',
    };
  }
  for (const arn of certificateAuthorityArns) {
    if (arn === undefined || /^arn:aws[\w-]*:acm-pca:[\w-]+:\d{12}:certificate-authority\/[\w-]+$/.test(arn)) continue;
    yield {
      code: 'MSK-CERTIFICATE-AUTHORITIES',
      subject: 'certificateAuthorities',
      message: `not an authority of AWS Private CA, got ${arn}; ARNs of such authorities are allowed.`,
      hint: 'Write for example arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555.',
      rule: 'certificateAuthorities',
    };
  }
  if (certificateAuthorityArns.length > 0 && !authentications.includes('mtls')) {
    yield {
      code: 'MSK-CERTIFICATE-AUTHORITIES',
      subject: 'certificateAuthorities',
      message: `authorities are there and nobody shows a certificate, got ${authentications.join(', ')}; mtls is needed with them.`,
      hint: 'Add mtls, or remove the authorities.',
      rule: 'certificateAuthorities',
    };
  }
}
