/** Who makes the certificates of a cluster on EC2. The values are the words of environment files. */
export enum Ec2Certificates {
  /** A function of the stack, with an authority of its own: it issues them into secrets and renews them. */
  STACK = 'stack',
  /**
   * You: in the secrets `kafka/NAME/NODE`, keys `node.pem` and `ca.crt`, and `kafka/NAME/administrator`, keys `certificate`, `key` and
   * `ca.crt`. Nodes and the first deployment wait for them.
   */
  SECRET = 'secret',
}
