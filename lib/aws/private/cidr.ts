/** Subnets as large as they come with room for 16 of them, so that a zone can be added without moving one. */
const SUBNET_BITS = 4;

/** Why it is not the address range of a VPC for brokers. AWS: a VPC is between /16 and /28, and so is a subnet. */
export function cidrProblem(vpcCidr: string): string | undefined {
  const { octets, prefix } = parsed(vpcCidr);
  if (octets.length === 4 && octets.every((octet) => octet <= 255) && prefix >= 16 && prefix <= 24) return undefined;
  return `not the address range of a VPC for brokers, got "${vpcCidr}"; a range from /16 to /24 is allowed, for example 10.0.0.0/16.`;
}

function parsed(cidr: string): { readonly octets: number[]; readonly prefix: number } {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  return { octets: (match ?? []).slice(1, 5).map(Number), prefix: Number(match?.[5]) };
}

/** Address ranges of the first `count` subnets of a VPC. */
export function subnetCidrs(vpcCidr: string, count: number): string[] {
  const { octets, prefix } = parsed(vpcCidr);
  const size = 2 ** (32 - prefix - SUBNET_BITS);
  const network = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const first = network - (network % 2 ** (32 - prefix));
  return Array.from({ length: count }, (_, index) => `${dotted(first + index * size)}/${prefix + SUBNET_BITS}`);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
