import type { FlowGraph, FlowNode } from '../../flow/graph';
import { BOX, layout, type PlacedNode } from '../../flow/layout';
import type { ReportData } from '../../report-data';
import { markup, type Html } from '../markup';
import type { Section } from '../section';
import { counted, enumerated } from '../words';

/** Characters that fit a box. */
const MOST_LABEL = 29;
const MOST_CAPTION = 37;

/** Who writes to what, and who reads it. */
export function flowPart({ flow, topics }: ReportData): Section {
  const drawn = flow.nodes.length > 0;
  return {
    id: 'flow',
    title: 'Data flow',
    lead: leadOf(flow, topics.length),
    body: drawn ? [drawing(flow), inWords(flow)] : undefined,
  };
}

function leadOf({ nodes, untouched, collapsed }: FlowGraph, topics: number): string {
  if (nodes.length === 0) return 'No client is declared, so nobody is known to write or to read.';
  const of = (column: FlowNode['column']): number =>
    nodes.filter((node) => node.column === column).reduce((sum, { members }) => sum + members.length, 0);
  return [
    `${counted(of('writers'), 'client')} may write and ${of('readers')} may read.`,
    ...(collapsed ? ['Topics and clients that are alike share a box.'] : []),
    ...(untouched.length === 0
      ? []
      : [
          `Of ${counted(topics, 'topic')} ${untouched.length} ${untouched.length === 1 ? 'has' : 'have'} no declared client${untouched.length > 6 ? '' : `: ${enumerated(untouched)}`}.`,
        ]),
  ].join(' ');
}

function drawing(flow: FlowGraph): Html {
  const { width, height, nodes, edges } = layout(flow);
  return markup`<figure class="flow scroll" role="region" aria-label="Drawing of who writes and who reads" tabindex="0">
    <svg
      viewBox="0 0 ${width} ${height}"
      width="${width}"
      height="${height}"
      role="img"
      aria-labelledby="flow-drawing flow-description"
    >
      <title id="flow-drawing">Clients that write, topics, and clients that read</title>
      <desc id="flow-description">Three columns joined by lines. The same stands below in words.</desc>
      <defs>
        <marker id="tip-in" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path class="tip in" d="M0 0.5 7.5 4 0 7.5z" />
        </marker>
        <marker id="tip-out" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path class="tip out" d="M0 0.5 7.5 4 0 7.5z" />
        </marker>
      </defs>
      ${headings(nodes)}
      ${edges.map(
        ({ from, to, flow: way, path }) =>
          markup`<path
            class="edge ${way}"
            data-from="${from}"
            data-to="${to}"
            d="${path}"
            marker-end="url(#tip-${way})"
          /> `,
      )}${nodes.map(box)}
    </svg>
  </figure>`;
}

function headings(nodes: readonly PlacedNode[]): Html[] {
  return (
    [
      ['writers', 'write'],
      ['topics', 'topics'],
      ['readers', 'read'],
    ] as const
  ).flatMap(([column, word]) => {
    const first = nodes.find((node) => node.column === column);
    return first === undefined ? [] : [markup`<text class="column" x="${first.x}" y="16">${word}</text>`];
  });
}

function box({ id, column, kind, label, caption, members, x, y }: PlacedNode): Html {
  return markup`<g
    class="box ${column} ${kind}${members.length > 1 ? ' many' : ''}"
    data-box="${id}"
    transform="translate(${x} ${y})"
  >
    <title>${members.length > 1 ? members.join(', ') : `${label}: ${caption}`}</title>
    ${members.length > 1 ? markup`<rect class="behind" x="4" y="4" width="${BOX.width}" height="${BOX.height}" rx="6" />` : undefined}<rect
      class="face"
      width="${BOX.width}"
      height="${BOX.height}"
      rx="6"
    />
    ${glyph(kind)}
    <text class="label" x="36" y="21">${shortened(label, MOST_LABEL)}</text>
    <text class="caption" x="36" y="38">${shortened(caption, MOST_CAPTION)}</text>
  </g> `;
}

/** A small sign of what the box is, 14 units wide. */
function glyph(kind: FlowNode['kind']): Html {
  switch (kind) {
    case 'topic':
      return markup`<path class="glyph" d="M12 16h14M12 24h14M12 32h9" />`;
    case 'undeclared':
      return markup`<path class="glyph dashed" d="M12 16h14M12 24h14M12 32h9" />`;
    case 'principal':
      return markup`<path class="glyph" d="M19 23a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 34a7 7 0 0 1 14 0" />`;
    case 'application':
      return markup`<path class="glyph" d="M12 17h14v14H12zM12 21.5h14" />`;
    case 'connector':
      return markup`<path class="glyph" d="M15 14v6M23 14v6M12 20h14v4a7 7 0 0 1-14 0zM19 31v4" />`;
    case 'mirror':
      return markup`<path class="glyph" d="M12 19h13l-4-4M26 29H13l4 4" />`;
  }
}

function inWords({ nodes, edges }: FlowGraph): Html {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const line = (topic: FlowNode): Html => {
    const writers = edges.flatMap(({ from, to }) => (to === topic.id ? [byId.get(from)!] : []));
    const readers = edges.flatMap(({ from, to }) => (from === topic.id ? [byId.get(to)!] : []));
    return markup`<li>
      <code>${topic.label}</code> (${topic.caption}): written by ${who(writers)}, read by ${who(readers)}.
    </li> `;
  };
  return markup`<details class="words">
    <summary>The same in words</summary>
    <ul>
      ${nodes.filter(({ column }) => column === 'topics').map(line)}
    </ul>
  </details>`;
}

function who(nodes: readonly FlowNode[]): string {
  return nodes.length === 0 ? 'nobody declared' : enumerated(nodes.map(({ label }) => label));
}

function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
