/** Users of a cluster, as they are asked for. */
export interface ScramUserFacts {
  readonly authentications: readonly string[];
  /** What the names of generated secrets have between `AmazonMSK_` and the user. */
  readonly prefix: string;
  readonly users: readonly {
    readonly name: string;
    /** ARN of a secret that is there; undefined where the kit makes one, or where it is only known while deploying. */
    readonly secretArn?: string;
  }[];
}

export interface ScramUserProblem {
  /** Which user; undefined where it is about all. */
  readonly index?: number;
  readonly subject: 'cluster' | 'users';
  readonly message: string;
  readonly hint: string;
}

/** Source: https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-limitations.html, read 2026-11-26. */
const MOST_USERS = 1000;
/** Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html, Name. */
const MOST_CHARACTERS = 512;

/** The name of the secret of a user; the service takes no other beginning. */
export function scramSecretName(prefix: string, user: string): string {
  return `AmazonMSK_${prefix}_${user}`;
}

/** Why the service would not take users, or would take fewer of them. */
export function scramUserProblems({ authentications, prefix, users }: ScramUserFacts): ScramUserProblem[] {
  const problems: ScramUserProblem[] = [];
  if (!authentications.includes('scram-sha-512')) {
    problems.push({
      subject: 'cluster',
      message: `nobody could log in with a password, got a cluster with ${authentications.join(', ')}; scram-sha-512 is needed.`,
      hint: 'Add scram-sha-512 to the authentications of the cluster.',
    });
  }
  if (users.length === 0 || users.length > MOST_USERS) {
    problems.push({
      subject: 'users',
      message: `not a number of users that a cluster takes, got ${users.length}; 1 to ${MOST_USERS} are allowed.`,
      hint:
        users.length === 0 ? 'Add a user, or leave the construct out.' : 'Share users, or use IAM for some clients.',
    });
  }
  const seen = new Set<string>();
  users.forEach(({ name, secretArn }, index) => {
    const problem = (message: string, hint: string): void => {
      problems.push({ subject: 'users', index, message, hint });
    };
    if (seen.has(name)) problem(`the user is there twice, got ${name}; once is allowed.`, 'Leave one out.');
    seen.add(name);
    const length = scramSecretName(prefix, name).length;
    if (!/^[A-Za-z0-9/_+=.@-]+$/.test(name) || length > MOST_CHARACTERS) {
      problem(
        `not a name for a user whose secret is called by it, got "${name}"; letters, digits and /_+=.@- are allowed, ${MOST_CHARACTERS} with ${scramSecretName(prefix, '')}.`,
        'Choose another name.',
      );
    }
    if (secretArn !== undefined && !/:secret:AmazonMSK_/.test(secretArn)) {
      problem(
        `not a secret that Amazon MSK reads, got ${secretArn}; one whose name begins with AmazonMSK_ is allowed.`,
        'Copy its values into such a secret, under a customer key.',
      );
    }
  });
  return problems;
}
