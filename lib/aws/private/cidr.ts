/** Subnets as large as they come with room for 16 of them, so that a zone can be added without moving one. */
const SUBNET_BITS = 4;

/** Address ranges of the first `count` subnets of a VPC. */
export function subnetCidrs(vpcCidr: string, count: number): string[] {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(vpcCidr);
  const octets = (match ?? []).slice(1, 5).map(Number);
  const prefix = Number(match?.[5]);
  // AWS: a VPC is between /16 and /28, and so is a subnet.
  if (match === null || octets.some((octet) => octet > 255) || prefix < 16 || prefix > 24) {
    throw new Error(
      `aws.vpc.cidr: not the address range of a VPC for brokers, got "${vpcCidr}"; a range from /16 to /24 is allowed, for example 10.0.0.0/16.`,
    );
  }
  const size = 2 ** (32 - prefix - SUBNET_BITS);
  const network = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const first = network - (network % 2 ** (32 - prefix));
  return Array.from({ length: count }, (_, index) => `${dotted(first + index * size)}/${prefix + SUBNET_BITS}`);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
