import type { Plan } from '../core/plan';
import type { ReconcileOptions } from './cluster-options';

export interface ReconcileCommandOptions extends ReconcileOptions {
  /** `connectors`: those alone, without a word to brokers; `brokers`: all else. */
  readonly only?: string;
  readonly planOnly?: boolean;
  readonly failOnChanges?: boolean;
  /** Duration with its unit. */
  readonly wait?: string;
  /** How many brokers there are to be. */
  readonly brokers?: string;
  /** Where users log in, to find passwords that are not in force. */
  readonly logIns?: string;
  readonly evidence?: string;
}

/** Exit status where a plan has changes, and that was asked for. */
export const CHANGES = 4;

/** One line for whoever looks for drift in logs. */
export function driftLine({ owner, changes }: Plan): string {
  return changes.length === 0
    ? `drift: none, ${owner} is as the file says`
    : `drift: ${changes.length} changes are needed to make ${owner} what the file says`;
}
