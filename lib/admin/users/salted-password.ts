import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { Failure } from '../../core/issue';
import type { ScramMechanism, UserChange } from '../port';

const derive = promisify(pbkdf2);

const SALT_BYTES = 32;
const HASHES = {
  'SCRAM-SHA-256': { digest: 'sha256', bytes: 32 },
  'SCRAM-SHA-512': { digest: 'sha512', bytes: 64 },
} as const;

export interface NewCredential {
  readonly user: string;
  readonly mechanism: ScramMechanism;
  /** Kafka takes 4,096 to 16,384. */
  readonly iterations: number;
}

/** What Kafka is told instead of the password: its PBKDF2 hash with a salt of its own. Source: RFC 5802, KIP-554. */
export async function saltedCredential(credential: NewCredential, password: string): Promise<UserChange> {
  requirePlain(credential.user, password);
  const { digest, bytes } = HASHES[credential.mechanism];
  const salt = randomBytes(SALT_BYTES);
  const saltedPassword = await derive(password, salt, credential.iterations, bytes, digest);
  return { ...credential, salt, saltedPassword };
}

/**
 * RFC 5802 has clients prepare a password with SASLprep first (RFC 4013: NFKC, spaces alike, no control characters). Kafka's own clients
 * hash the bytes as they are, others prepare them, so that a password which SASLprep would change works with some and not with others.
 */
function requirePlain(user: string, password: string): void {
  const problem =
    password === ''
      ? 'an empty one'
      : CONTROL.test(password)
        ? 'one with a line end or another control character'
        : password.normalize('NFKC').replace(OTHER_SPACES, ' ').replace(MAPPED_TO_NOTHING, '') !== password
          ? 'one with characters that some clients change first (SASLprep)'
          : undefined;
  if (problem === undefined) return;
  throw new Failure(
    'PASSWORD-AMBIGUOUS',
    `the password of user ${user} cannot be used, got ${problem}; one that every client sends alike is needed.`,
    'Choose letters, digits and punctuation of ASCII.',
  );
}

// eslint-disable-next-line no-control-regex -- that is what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
/** RFC 3454, C.1.2. */
const OTHER_SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g;
/** RFC 3454, B.1. */
const MAPPED_TO_NOTHING = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|[\u200b-\u200d]|\u2060|[\ufe00-\ufe0f]|\ufeff/gu;
