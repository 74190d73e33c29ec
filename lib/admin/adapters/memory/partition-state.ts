/** One partition as the controller holds it; never changed, only replaced. */
export interface PartitionState {
  /** The preferred leader first. While it is being moved, the new ones and then those to go. */
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** Have every committed record though they are not in sync: who left an ISR that was too small already (KIP-966). */
  readonly elr: readonly number[];
  /** -1 while nobody who may lead is up. */
  readonly leader: number;
  readonly adding: readonly number[];
  readonly removing: readonly number[];
}

/** What decides about a partition. */
export interface PartitionRules {
  readonly isUp: (broker: number) => boolean;
  /** In-sync replicas below which leavers are eligible leaders; undefined where the cluster keeps none. */
  readonly minIsr?: number;
}

export function newPartition(replicas: readonly number[], isUp: PartitionRules['isUp']): PartitionState {
  const isr = replicas.filter(isUp);
  return { replicas, isr, elr: [], leader: isr[0] ?? -1, adding: [], removing: [] };
}

export function isMoving({ adding, removing }: PartitionState): boolean {
  return adding.length > 0 || removing.length > 0;
}

/** The broker is gone; `isUp` already says so. Without eligible leaders the last of an ISR stays in it: nobody else has its records. */
export function afterStop(state: PartitionState, broker: number, rules: PartitionRules): PartitionState {
  if (!state.isr.includes(broker)) return state;
  const isr = without(state.isr, [broker]);
  if (rules.minIsr === undefined) return led({ ...state, isr: isr.length === 0 ? state.isr : isr }, rules);
  return led({ ...state, isr, elr: isr.length < rules.minIsr ? [...state.elr, broker] : [] }, rules);
}

/** A broker is up again; a partition that had no leader for want of it has one. */
export function afterStart(state: PartitionState, rules: PartitionRules): PartitionState {
  return state.leader === -1 ? led(state, rules) : state;
}

/** One more replica that is up catches up with its leader; a move whose new replicas are all in sync is completed. */
export function afterStep(state: PartitionState, rules: PartitionRules): PartitionState {
  if (state.leader === -1) return state;
  const next = state.replicas.find((replica) => rules.isUp(replica) && !state.isr.includes(replica));
  if (next === undefined) return state;
  const isr = state.replicas.filter((each) => each === next || state.isr.includes(each));
  const elr = isr.length >= (rules.minIsr ?? 0) ? [] : without(state.elr, isr);
  return changed({ ...state, isr, elr }, rules);
}

/**
 * Starts to move; at once where nothing has to be copied. As in Kafka, a move on top of another that adds nothing goes on adding what
 * the first one added, and the same for what goes.
 */
export function reassigned(state: PartitionState, target: readonly number[], rules: PartitionRules): PartitionState {
  const removing = ascending(without(state.replicas, target));
  const adding = ascending(without(target, state.replicas));
  return changed(
    {
      ...state,
      replicas: [...target, ...removing],
      adding: adding.length > 0 ? adding : state.adding,
      removing: removing.length > 0 ? removing : state.removing,
    },
    rules,
  );
}

/** The move is given up; undefined where no replica in sync would be left. */
export function reverted(state: PartitionState, rules: PartitionRules): PartitionState | undefined {
  const isr = without(state.isr, state.adding);
  if (isr.length === 0) return undefined;
  return led({ ...state, replicas: without(state.replicas, state.adding), isr, adding: [], removing: [] }, rules);
}

/** PartitionReassignmentReplicas.maybeCompleteReassignment */
function changed(state: PartitionState, rules: PartitionRules): PartitionState {
  if (!isMoving(state)) return led(state, rules);
  const { adding, removing } = state;
  const isr = without(state.isr, removing);
  const replicas = without(state.replicas, removing);
  const isCopied = adding.every((replica) => isr.includes(replica));
  // Where fewer are left, all of those have to be in sync.
  const isSafe = adding.length >= removing.length || replicas.every((replica) => isr.includes(replica));
  const isDone = isr.length > 0 && replicas.length > 0 && isCopied && isSafe;
  return led(isDone ? { ...state, replicas, isr, adding: [], removing: [] } : state, rules);
}

/** The leader stays where it may; else the first replica that may lead does. */
function led(state: PartitionState, { isUp }: PartitionRules): PartitionState {
  const mayLead = (replica: number) =>
    isUp(replica) && (state.isr.includes(replica) || (state.isr.length === 0 && state.elr.includes(replica)));
  if (mayLead(state.leader)) return state;
  const leader = state.replicas.find(mayLead) ?? -1;
  if (leader === -1 || state.isr.includes(leader)) return { ...state, leader };
  return { ...state, leader, isr: [leader], elr: without(state.elr, [leader]) };
}

const without = (replicas: readonly number[], gone: readonly number[]): number[] =>
  replicas.filter((replica) => !gone.includes(replica));
const ascending = (replicas: readonly number[]): number[] => [...replicas].sort((a, b) => a - b);
