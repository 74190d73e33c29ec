import { MAX_WORKERS, MCU_COUNTS } from './limits';
import type { MskConnectProblem } from './problem';

export interface ProvisionedCapacity {
  readonly kind: 'provisioned';
  /** MSK Connect units of each worker. */
  readonly mcu: number;
  readonly workers: number;
}

export interface AutoscaledCapacity {
  readonly kind: 'autoscaled';
  /** MSK Connect units of each worker. */
  readonly mcu: number;
  readonly minWorkers: number;
  readonly maxWorkers: number;
  /** Workers are taken away below this share of their CPU, in percent. */
  readonly scaleInPercent: number;
  /** Workers are added above this share of their CPU, in percent. */
  readonly scaleOutPercent: number;
  readonly maxTasks?: number;
}

export type ConnectorCapacity = ProvisionedCapacity | AutoscaledCapacity;

export const DEFAULT_SCALE_IN_PERCENT = 20;
export const DEFAULT_SCALE_OUT_PERCENT = 80;

/** What the service would refuse about the capacity of a connector. */
export function capacityProblems(capacity: ConnectorCapacity): MskConnectProblem[] {
  const problems: MskConnectProblem[] = [];
  if (!MCU_COUNTS.includes(capacity.mcu)) {
    problems.push({
      property: 'mcu',
      message: `not a size of a worker, got ${capacity.mcu}; ${MCU_COUNTS.join(', ')} units are allowed.`,
      hint: 'Use the next larger one.',
    });
  }
  return [...problems, ...(capacity.kind === 'provisioned' ? provisioned(capacity) : autoscaled(capacity))];
}

function provisioned({ workers }: ProvisionedCapacity): MskConnectProblem[] {
  return workerCount('workers', workers);
}

function autoscaled(capacity: AutoscaledCapacity): MskConnectProblem[] {
  const { minWorkers, maxWorkers, scaleInPercent, scaleOutPercent, maxTasks } = capacity;
  const problems = [...workerCount('minWorkers', minWorkers), ...workerCount('maxWorkers', maxWorkers)];
  if (problems.length === 0 && minWorkers > maxWorkers) {
    problems.push({
      property: 'minWorkers',
      message: `more workers at least than at most, got ${minWorkers} and ${maxWorkers}; at most ${maxWorkers} is allowed.`,
      hint: 'Lower it, or raise maxWorkers.',
    });
  }
  const shares = [...percent('scaleInPercent', scaleInPercent), ...percent('scaleOutPercent', scaleOutPercent)];
  problems.push(...shares);
  if (shares.length === 0 && scaleInPercent >= scaleOutPercent) {
    problems.push({
      property: 'scaleInPercent',
      message: `workers would come and go without end, got ${scaleInPercent} to take one away and ${scaleOutPercent} to add one; less than ${scaleOutPercent} is allowed.`,
      hint: 'Leave room between the two.',
    });
  }
  if (maxTasks !== undefined && (!Number.isInteger(maxTasks) || maxTasks < maxWorkers)) {
    problems.push({
      property: 'maxTasks',
      message: `a worker would have nothing to do, got ${maxTasks} tasks for up to ${maxWorkers} workers; at least ${maxWorkers} is allowed.`,
      hint: 'Raise it, or lower maxWorkers.',
    });
  }
  return problems;
}

function workerCount(property: string, count: number): MskConnectProblem[] {
  if (Number.isInteger(count) && count >= 1 && count <= MAX_WORKERS) return [];
  return [
    {
      property,
      message: `not a number of workers, got ${count}; 1 to ${MAX_WORKERS} are allowed for a connector.`,
      hint: count > MAX_WORKERS ? 'Use larger workers, or split the connector.' : 'Give 1, for example.',
    },
  ];
}

function percent(property: string, share: number): MskConnectProblem[] {
  if (Number.isInteger(share) && share >= 1 && share <= 100) return [];
  return [
    {
      property,
      message: `not a share of the CPU in percent, got ${share}; a whole number from 1 to 100 is allowed.`,
      hint: 'Give 80 to add workers and 20 to take them away, for example.',
    },
  ];
}
