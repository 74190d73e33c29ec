import { Token } from 'aws-cdk-lib/core';
import { cidrProblem } from './cidr';
import type { PropertyProblem } from './construct-failure';

interface NetworkFacts {
  readonly availabilityZones: readonly string[];
  readonly cidr: string;
  readonly endpoints: readonly string[];
}

/** Subnets of a network have room for this many zones. */
const MOST_ZONES = 16;

/** What a network of the kit cannot be. Sizes: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export function networkProblems({ availabilityZones, cidr, endpoints }: NetworkFacts): PropertyProblem[] {
  const wrongRange = cidrProblem(cidr);
  return [
    ...zoneProblems(availabilityZones),
    ...(wrongRange === undefined
      ? []
      : [
          { property: 'cidr', message: wrongRange, hint: 'Use 10.0.0.0/16, or a range that no network beside it has.' },
        ]),
    ...endpoints.flatMap((service, index): PropertyProblem[] => {
      const property = `endpoints[${index}]`;
      if (!/^[a-z0-9][a-z0-9.-]*$/.test(service) || service.startsWith('com.amazonaws'))
        return [
          {
            property,
            message: `not a service, got "${service}"; the last part of the name of its endpoint is allowed, for example ssm.`,
            hint: 'Leave out com.amazonaws and the region.',
          },
        ];
      if (endpoints.indexOf(service) === index) return [];
      return [
        { property, message: `the service is named twice, got ${service}; once is allowed.`, hint: 'Remove one.' },
      ];
    }),
  ];
}

function zoneProblems(zones: readonly string[]): PropertyProblem[] {
  if (zones.length === 0 || zones.length > MOST_ZONES)
    return [
      {
        property: 'availabilityZones',
        message: `not a number of zones, got ${zones.length}; 1 to ${MOST_ZONES} are allowed.`,
        hint: 'Name the zones, for example eu-west-1a.',
      },
    ];
  return zones.flatMap((zone, index): PropertyProblem[] => {
    const property = `availabilityZones[${index}]`;
    if (Token.isUnresolved(zone) || !/^[a-z]{2}(-[a-z0-9]+)+[a-z]$/.test(zone))
      return [
        {
          property,
          message: `not the name of a zone, got ${Token.isUnresolved(zone) ? 'a token' : `"${zone}"`}; a name that is written out is allowed, for example eu-west-1a.`,
          hint: 'Name the zone: the rack of a broker never changes.',
        },
      ];
    if (zones.indexOf(zone) === index) return [];
    return [
      {
        property,
        message: `the zone is named twice, got ${zone}; once is allowed.`,
        hint: 'Name another, or remove it.',
      },
    ];
  });
}
