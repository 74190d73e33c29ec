import type { Client } from '../data/clients';

export type FlowColumn = 'writers' | 'topics' | 'readers';

/** Something that is drawn as one box: a client or topic, or many that were taken together. */
export interface FlowNode {
  readonly id: string;
  readonly column: FlowColumn;
  /** `undeclared`: a name or prefix in somebody's rights that this file declares no topic of. */
  readonly kind: Client['kind'] | 'topic' | 'undeclared';
  readonly label: string;
  readonly caption: string;
  /** Names of all that the box stands for. */
  readonly members: readonly string[];
}

export interface FlowEdge {
  /** A writer, or a box of topics. */
  readonly from: string;
  /** A box of topics, or a reader. */
  readonly to: string;
}

/** Who writes to what and who reads it, few enough boxes and lines to be followed by eye. */
export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  /** Declared topics that nobody has rights on. */
  readonly untouched: readonly string[];
  /** Boxes stand for more than one. */
  readonly collapsed: boolean;
}
