/** How a client proves who it is. The values are the words of environment files. */
export enum ClientAuthentication {
  /** AWS identities; Amazon MSK only. */
  IAM = 'iam',
  /** User and password, salted (SCRAM-SHA-512). */
  SCRAM_SHA_512 = 'scram-sha-512',
  /** Client certificates. */
  MTLS = 'mtls',
  /** Tokens of an OAuth 2 server; self-managed clusters only. */
  OAUTHBEARER = 'oauthbearer',
  /** Not at all. */
  NONE = 'none',
}
