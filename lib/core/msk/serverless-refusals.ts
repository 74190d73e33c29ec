import { clusterNameRefusals } from './cluster-name-refusals';
import { MSK_QUOTAS } from './quotas';
import type { Refusal } from './refusal';
import { missingIn, regionsWithout } from './regions';

/** What decides whether Amazon MSK makes a Serverless cluster. */
export interface ServerlessFacts {
  readonly clusterName: string;
  readonly region?: string;
  readonly zoneCount: number;
}

/** What the service would refuse about a Serverless cluster. */
export function* serverlessRefusals(facts: ServerlessFacts): Generator<Refusal<'clusterName' | 'region' | 'zones'>> {
  const { clusterName, region, zoneCount } = facts;
  const { min, max } = MSK_QUOTAS.serverless.subnets;
  yield* clusterNameRefusals(clusterName);
  if (region !== undefined && missingIn(region, 'serverless')) {
    yield {
      code: 'MSK-REGION',
      subject: 'region',
      message: `MSK Serverless is not there in the region, got ${region}; all but ${regionsWithout('serverless').join(', ')} are allowed.`,
      hint: 'Use provisioned brokers, or another region.',
      rule: 'serverlessRegions',
    };
  }
  if (zoneCount < min || zoneCount > max) {
    yield {
      code: 'AWS-ZONES',
      subject: 'zones',
      message: `not a number of subnets that the service takes, got ${zoneCount}; ${min} to ${max} are allowed.`,
      hint: 'Name one subnet for each zone.',
      rule: 'subnetsOfServerless',
    };
  }
}
