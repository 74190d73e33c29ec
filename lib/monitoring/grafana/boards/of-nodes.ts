/** So many lines are still told apart, of three brokers or of sixty. */
export const MOST = 10;

/** The most of something, by node. */
export const most = (expression: string): string => `topk(${MOST}, ${expression})`;
/** The nodes that are chosen. */
export const OF = 'node=~"$node"';
export const BY_NODE = '{{node}}';
