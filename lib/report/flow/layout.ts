import type { FlowColumn, FlowGraph, FlowNode } from './graph';

export interface PlacedNode extends FlowNode {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** What is written, or what is read. */
  readonly flow: 'in' | 'out';
  /** For the `d` of a path. */
  readonly path: string;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Of all boxes, in units of the drawing. */
export const BOX = { width: 268, height: 48 } as const;
/** Headings of the columns stand above the first box. */
const TOP = 34;
const GAP = 14;
const WIDTH = 1080;
const COLUMNS: Readonly<Record<FlowColumn, number>> = {
  writers: 1,
  topics: (WIDTH - BOX.width) / 2,
  readers: WIDTH - BOX.width - 6,
};
/** Passes over the columns; the order stands still after a few. */
const PASSES = 6;

/**
 * Three columns: writers, topics, readers. Boxes are ordered by where their neighbours are (the barycentre heuristic of layered drawing,
 * Sugiyama 1981), so that few lines cross, and lie beside them as far as there is room.
 */
export function layout(graph: FlowGraph): Drawing {
  const columns = orderedColumns(graph);
  const rows = Math.max(1, ...columns.map((column) => column.length));
  const height = TOP + rows * (BOX.height + GAP) - GAP + 6;
  const centre = new Map<string, number>();
  for (const column of columns) {
    const free = height - TOP - (column.length * (BOX.height + GAP) - GAP);
    column.forEach(({ id }, index) => centre.set(id, TOP + free / 2 + index * (BOX.height + GAP) + BOX.height / 2));
  }
  const nodes = columns.flat().map((node): PlacedNode => ({
    ...node,
    x: COLUMNS[node.column],
    y: round(centre.get(node.id)! - BOX.height / 2),
  }));
  return { width: WIDTH, height: round(height), nodes, edges: routed(graph, nodes) };
}

function orderedColumns({ nodes, edges }: FlowGraph): FlowNode[][] {
  let columns = (['writers', 'topics', 'readers'] as const).map((column) =>
    nodes.filter((node) => node.column === column),
  );
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of edges) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  for (let pass = 0; pass < PASSES; pass++) {
    // The middle first: it has neighbours on both sides.
    for (const index of [1, 0, 2]) {
      const place = places(columns);
      const wanted = ({ id }: FlowNode): number => {
        const known = (neighbours.get(id) ?? []).map((neighbour) => place.get(neighbour)!);
        return known.length === 0 ? place.get(id)! : known.reduce((sum, at) => sum + at, 0) / known.length;
      };
      columns = columns.map((column, other) =>
        other === index ? [...column].sort((a, b) => wanted(a) - wanted(b)) : column,
      );
    }
  }
  return columns;
}

/** Where each box is in its column, from 0 at the top to 1. */
function places(columns: readonly (readonly FlowNode[])[]): Map<string, number> {
  return new Map(
    columns.flatMap((column) =>
      column.map(({ id }, index): [string, number] => [id, column.length === 1 ? 0.5 : index / (column.length - 1)]),
    ),
  );
}

/** Lines leave and reach a box at places of their own, in the order of their other ends. */
function routed({ edges }: FlowGraph, nodes: readonly PlacedNode[]): PlacedEdge[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ports = (end: 'from' | 'to', other: 'from' | 'to'): Map<string, number> => {
    const result = new Map<string, number>();
    for (const { id, y } of nodes) {
      const own = edges
        .filter((edge) => edge[end] === id)
        .sort((a, b) => byId.get(a[other])!.y - byId.get(b[other])!.y);
      own.forEach((edge, index) =>
        result.set(`${edge.from}\n${edge.to}`, y + (BOX.height * (index + 1)) / (own.length + 1)),
      );
    }
    return result;
  };
  const starts = ports('from', 'to');
  const ends = ports('to', 'from');
  return edges.map((edge) => {
    const key = `${edge.from}\n${edge.to}`;
    const [x1, y1] = [byId.get(edge.from)!.x + BOX.width, round(starts.get(key)!)];
    const [x2, y2] = [byId.get(edge.to)!.x, round(ends.get(key)!)];
    const middle = round((x1 + x2) / 2);
    return {
      ...edge,
      flow: byId.get(edge.from)!.column === 'writers' ? 'in' : 'out',
      path: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
    };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
