/** `PreparingRebalance` to `preparing-rebalance`. */
export function stateWord(state: string): string {
  return state.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
