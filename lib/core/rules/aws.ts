import type { EnvironmentModel } from '../model';
import { plural } from './hint';
import { reportRefusals } from './msk';
import type { Rule } from './rule';

/** Account, network and zones, shared by Amazon MSK and EC2. */
export const AWS_RULES: readonly Rule[] = [
  {
    code: 'AWS-ACCOUNT',
    level: 'error',
    what: 'An environment on AWS names its account.',
    why: 'With the account in the environment a deployment with credentials of another account is refused.',
    source: 'AWS CDK developer guide, Environments',
    check(model, report) {
      const { aws } = model.spec;
      if (!onAws(model) || aws === undefined || aws.account !== undefined) return;
      report({
        path: ['aws'],
        message: 'the account is not named, got none; 12 digits in quotes are needed.',
        hint: 'Add account: "111122223333".',
      });
    },
  },
  {
    code: 'AWS-ZONES',
    level: 'error',
    what: 'The racks are availability zones of the region: two or three on Amazon MSK, exactly three with Express brokers.',
    why: 'Subnets and brokers are made by zone, without asking AWS what there is.',
    source: 'Amazon MSK developer guide, Quota; Express brokers',
    check(model, report) {
      const region = model.spec.aws?.region;
      if (!onAws(model) || region === undefined) return;
      for (const [index, rack] of model.racks.entries()) {
        if (new RegExp(`^${region}(-[a-z]+-\\d)?[a-z]$`).test(rack)) continue;
        report({
          path: ['racks', index],
          message: `the rack is no zone of the region, got ${rack}; ${region}a, ${region}b and so on are allowed.`,
          hint: 'Correct the zone, or aws.region.',
        });
      }
      if (model.target !== 'ec2') {
        reportRefusals('AWS-ZONES', model, report);
        return;
      }
      if (model.racks.length > 0) return;
      report({
        path: ['racks'],
        message: 'no zone is named, got none; at least one is needed.',
        hint: `Name the zones, for example racks: [${['a', 'b', 'c'].map((letter) => region + letter).join(', ')}].`,
      });
    },
  },
  {
    code: 'AWS-SUBNETS',
    level: 'error',
    what: 'A VPC that is there already comes with one subnet for each rack, in the order of the racks; a new one with an address range at most.',
    why: 'Nothing is looked up while templates are made, so the subnets of a VPC cannot be found by themselves.',
    source: 'AWS::MSK::Cluster, ClientSubnets',
    check(model, report) {
      const vpc = model.spec.aws?.vpc;
      if (!onAws(model) || vpc === undefined) return;
      if (vpc.id !== undefined && vpc.cidr !== undefined) {
        report({
          path: ['aws', 'vpc', 'cidr'],
          message: `the VPC is there already and has a range, got ${vpc.cidr} beside id ${vpc.id}; one of both is allowed.`,
          hint: 'Remove cidr.',
        });
      }
      if (vpc.id === undefined && vpc.subnets !== undefined) {
        report({
          path: ['aws', 'vpc', 'subnets'],
          message: `the subnets have no VPC, got ${vpc.subnets.length}; id names the VPC that they are in.`,
          hint: 'Add id, or remove subnets for a new VPC.',
        });
      } else if (vpc.id !== undefined && vpc.subnets === undefined) {
        report({
          path: ['aws', 'vpc'],
          message: `the VPC has no subnets, got ${vpc.id} alone; one for each rack is needed.`,
          hint: `Add subnets with ${plural(model.racks.length, 'entry').replace('entrys', 'entries')}, in the order of racks.`,
        });
      } else if (vpc.subnets !== undefined && vpc.subnets.length !== model.racks.length) {
        report({
          path: ['aws', 'vpc', 'subnets'],
          message: `the subnets do not fit the racks, got ${vpc.subnets.length} for ${plural(model.racks.length, 'rack')}; one for each is needed.`,
          hint: 'Name one subnet for each rack, in the order of racks.',
        });
      }
    },
  },
  {
    code: 'AWS-CIDR',
    level: 'error',
    what: 'An address range is a network in CIDR notation; that of a VPC has 16 to 24 bits.',
    why: 'AWS refuses any other when the stack is deployed.',
    source: 'Amazon VPC user guide, VPC CIDR blocks',
    check(model, report) {
      const { aws } = model.spec;
      if (!onAws(model)) return;
      const own = aws?.vpc?.cidr;
      if (own !== undefined && !isNetwork(own, 16, 24)) {
        report({
          path: ['aws', 'vpc', 'cidr'],
          message: `not the address range of a VPC, got ${own}; a network with 16 to 24 bits is allowed.`,
          hint: 'Write for example 10.0.0.0/16.',
        });
      }
      for (const [index, { cidr }] of (aws?.clients ?? []).entries()) {
        if (cidr === undefined || isNetwork(cidr, 0, 32)) continue;
        report({
          path: ['aws', 'clients', index, 'cidr'],
          message: `not an address range, got ${cidr}; a network with 0 to 32 bits is allowed.`,
          hint: 'Write for example 10.0.0.0/16.',
        });
      }
    },
  },
  {
    code: 'AWS-CLIENT',
    level: 'error',
    what: 'Each entry of clients is a security group or an address range.',
    why: 'An entry with neither lets nobody in, and one with both says two things at once.',
    source: 'the environment schema',
    check(model, report) {
      if (!onAws(model)) return;
      for (const [index, { securityGroup, cidr }] of (model.spec.aws?.clients ?? []).entries()) {
        if ((securityGroup === undefined) !== (cidr === undefined)) continue;
        report({
          path: ['aws', 'clients', index],
          message: `the client is not clear, got ${cidr === undefined ? 'neither securityGroup nor cidr' : 'securityGroup and cidr'}; one of both is needed.`,
          hint: cidr === undefined ? 'Add one of them.' : 'Make two entries.',
        });
      }
    },
  },
  {
    code: 'AWS-CLIENT-ANYWHERE',
    level: 'warning',
    what: 'No client range is the whole internet.',
    why: 'Brokers are for known networks; a range of everything leaves the credentials as the only guard.',
    source: 'AWS Security Hub, EC2.19',
    check(model, report) {
      if (!onAws(model)) return;
      for (const [index, { cidr }] of (model.spec.aws?.clients ?? []).entries()) {
        if (cidr === undefined || !cidr.endsWith('/0')) continue;
        report({
          path: ['aws', 'clients', index, 'cidr'],
          message: `everybody may reach the brokers, got ${cidr}; the ranges of clients are safer.`,
          hint: 'Name the security group or the range of the clients.',
        });
      }
    },
  },
];

function onAws(model: EnvironmentModel): boolean {
  return model.target === 'msk' || model.target === 'msk-serverless' || model.target === 'ec2';
}

/** A network: no bits set beyond the prefix, which AWS would refuse. */
function isNetwork(cidr: string, least: number, most: number): boolean {
  const [address, prefix] = cidr.split('/') as [string, string];
  const octets = address.split('.').map(Number);
  const bits = Number(prefix);
  if (octets.some((octet) => octet > 255) || bits < least || bits > most) return false;
  const value = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return value % 2 ** (32 - bits) === 0;
}
