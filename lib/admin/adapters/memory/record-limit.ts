import { kafkaError } from './errors';

/** QuorumController.MAX_RECORDS_PER_USER_OP: topics, partitions and options each are a record. */
const MAX_RECORDS = 10_000;

export const TOO_LARGE = kafkaError('POLICY_VIOLATION', 'Unable to perform excessively large batch operation.');

/** A request that would write more is refused as a whole. */
export function isTooLarge(records: number): boolean {
  return records > MAX_RECORDS;
}
