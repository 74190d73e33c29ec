/** Parts of the service that are not in every region. */
export type MskOffer = 'serverless' | 'replicator';

/**
 * Where a part is known not to be; everywhere else it is allowed. Sources: regions of AWS::MSK::ServerlessCluster and AWS::MSK::Replicator
 * in the resource specification of cfn-lint 1.58.0, and the Replicator quota of the Amazon MSK developer guide, read 2026-11-22.
 * Standard and Express brokers and MSK Connect have no region where AWS says that they are missing.
 */
const MISSING: Readonly<Record<MskOffer, readonly string[]>> = {
  serverless: ['me-central-1', 'us-west-1', 'us-gov-east-1', 'us-gov-west-1'],
  replicator: ['us-gov-east-1', 'us-gov-west-1'],
};

/** Regions without a part of the service. */
export function regionsWithout(offer: MskOffer): readonly string[] {
  return MISSING[offer];
}

/** Whether AWS says that a region lacks a part of the service. */
export function missingIn(region: string, offer: MskOffer): boolean {
  return MISSING[offer].includes(region);
}

/** Zones that take no brokers, by their ids; names of zones differ between accounts. Source: limits.html, read 2026-11-22. */
export const ZONES_WITHOUT_MSK: readonly string[] = ['use1-az3'];

/** Regions whose clusters have exactly two zones. Source: limits.html, read 2026-11-22. */
export const REGIONS_OF_TWO_ZONES: readonly string[] = ['us-west-1'];
