/** One partition as the controller holds it; never changed, only replaced. */
export interface PartitionState {
  /** The preferred leader first. While it is being moved, the new ones and then those to go. */
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** -1 while nobody in the ISR is up. */
  readonly leader: number;
  readonly adding: readonly number[];
  readonly removing: readonly number[];
}

type IsUp = (broker: number) => boolean;

export function newPartition(replicas: readonly number[], isUp: IsUp): PartitionState {
  const isr = replicas.filter(isUp);
  return { replicas, isr, leader: isr[0] ?? -1, adding: [], removing: [] };
}

export function isMoving({ adding, removing }: PartitionState): boolean {
  return adding.length > 0 || removing.length > 0;
}

/** What it goes back to, or will be, without these replicas. */
const without = (replicas: readonly number[], gone: readonly number[]): number[] =>
  replicas.filter((replica) => !gone.includes(replica));

/** The broker is gone; `isUp` already says so. The last of an ISR stays in it: nobody else has its records. */
export function afterStop(state: PartitionState, broker: number, isUp: IsUp): PartitionState {
  if (!state.isr.includes(broker)) return state;
  const rest = without(state.isr, [broker]);
  const isr = rest.length === 0 ? state.isr : rest;
  return { ...state, isr, leader: state.leader === broker ? leaderOf(state.replicas, isr, isUp) : state.leader };
}

/** A broker is up again; a partition that had no leader for want of it has one. */
export function afterStart(state: PartitionState, isUp: IsUp): PartitionState {
  return state.leader === -1 ? { ...state, leader: leaderOf(state.replicas, state.isr, isUp) } : state;
}

/** One more replica that is up catches up with its leader; a move whose new replicas are all in sync is completed. */
export function afterStep(state: PartitionState, isUp: IsUp): PartitionState {
  if (state.leader === -1) return state;
  const next = state.replicas.find((replica) => isUp(replica) && !state.isr.includes(replica));
  if (next === undefined) return state;
  return completed({ ...state, isr: state.replicas.filter((each) => each === next || state.isr.includes(each)) }, isUp);
}

/** Starts to move; at once where nothing has to be copied. */
export function reassigned(state: PartitionState, target: readonly number[], isUp: IsUp): PartitionState {
  const copied = without(state.replicas, state.adding);
  const adding = without(target, copied);
  const removing = without(state.replicas, target);
  return completed({ ...state, replicas: [...target, ...removing], adding, removing }, isUp);
}

/** The move is given up; undefined where no replica in sync would be left. */
export function reverted(state: PartitionState, isUp: IsUp): PartitionState | undefined {
  const replicas = without(state.replicas, state.adding);
  const isr = without(state.isr, state.adding);
  if (isr.length === 0) return undefined;
  return settled({ replicas, isr, leader: state.leader, adding: [], removing: [] }, isUp);
}

function completed(state: PartitionState, isUp: IsUp): PartitionState {
  const isr = without(state.isr, state.removing);
  if (isr.length === 0 || state.adding.some((replica) => !isr.includes(replica))) return state;
  const replicas = without(state.replicas, state.removing);
  return settled({ replicas, isr, leader: state.leader, adding: [], removing: [] }, isUp);
}

function settled(state: PartitionState, isUp: IsUp): PartitionState {
  const stays = state.leader !== -1 && state.isr.includes(state.leader);
  return stays ? state : { ...state, leader: leaderOf(state.replicas, state.isr, isUp) };
}

function leaderOf(replicas: readonly number[], isr: readonly number[], isUp: IsUp): number {
  return replicas.find((replica) => isr.includes(replica) && isUp(replica)) ?? -1;
}
