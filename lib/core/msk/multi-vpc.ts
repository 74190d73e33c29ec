/** What decides whether clients in other VPCs can reach a cluster through connections that the service manages. */
export interface MultiVpcFacts {
  readonly wanted: readonly string[];
  /** Of the cluster. */
  readonly authentications: readonly string[];
  readonly instanceType: string;
  /** Broker options that are set; undefined where nobody knows them. */
  readonly option?: (name: string) => string | undefined;
}

export interface MultiVpcProblem {
  /** Which of the wanted ones; undefined where it is about all. */
  readonly index?: number;
  readonly message: string;
  readonly hint: string;
}

const ALLOWED = ['iam', 'scram-sha-512', 'mtls'];
const CLOSED = 'allow.everyone.if.no.acl.found';

/** Source: https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html, requirements and limitations, read 2026-11-26. */
export function multiVpcProblems({ wanted, authentications, instanceType, option }: MultiVpcFacts): MultiVpcProblem[] {
  if (wanted.length === 0) return [];
  const problems: MultiVpcProblem[] = [];
  const possible = ALLOWED.filter((authentication) => authentications.includes(authentication));
  wanted.forEach((authentication, index) => {
    if (possible.includes(authentication)) return;
    problems.push({
      index,
      message: `clients in other VPCs cannot log in with it, got ${authentication}; ${possible.join(', ') || 'none of this cluster'} is allowed.`,
      hint: ALLOWED.includes(authentication)
        ? `Switch ${authentication} on for the cluster, or leave it out.`
        : 'Leave it out.',
    });
  });
  if (authentications.includes('none')) {
    problems.push({
      message:
        'a cluster that lets clients in without authentication has no multi-VPC connectivity, got none among its authentications; iam, scram-sha-512 and mtls are allowed.',
      hint: 'Switch off none.',
    });
  }
  if (instanceType === 'kafka.t3.small') {
    problems.push({
      message: 'brokers of this size have no multi-VPC connectivity, got kafka.t3.small; every other size is allowed.',
      hint: 'Use kafka.m7g.large.',
    });
  }
  const byAcl = possible.filter((authentication) => authentication !== 'iam' && wanted.includes(authentication));
  if (byAcl.length > 0 && option !== undefined && option(CLOSED) !== 'false') {
    problems.push({
      message: `the service wants clients in other VPCs with ${byAcl.join(' and ')} to have ACLs, got ${CLOSED}=${option(CLOSED) ?? 'true (its default)'}; false is needed.`,
      hint: `Make the ACLs, then set ${CLOSED}: "false" in the broker options.`,
    });
  }
  return problems;
}
