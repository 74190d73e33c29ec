import { markup, type Content, type Html } from './markup';

export interface Column<Row> {
  readonly label: string;
  /** Numbers are aligned to the right and sorted as such. */
  readonly kind?: 'number';
  readonly cell: (row: Row) => Content;
  /** What rows are sorted by. @default what stands there */
  readonly value?: (row: Row) => number | string;
}

export interface TableOptions<Row> {
  /** Of the element; must be the only one of this id. */
  readonly id: string;
  readonly caption: string;
  /** The first one names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Marks rows that are to be seen first. */
  readonly mark?: (row: Row) => string | undefined;
}

/** As many as the script of the page shows at once. */
const PAGE_ROWS = 50;

/**
 * A table that is whole without a script. With one, columns are sorted by a click, and one with many rows is searched and turned page by
 * page. It scrolls sideways by itself, not with the page.
 */
export function table<Row>({ id, caption, columns, rows, mark }: TableOptions<Row>): Html {
  return markup`<div class="scroll" role="region" aria-labelledby="${id}-caption" tabindex="0">
    <table id="${id}" class="data${rows.length > PAGE_ROWS ? ' long' : ''}">
      <caption id="${id}-caption">${caption}</caption>
      <thead>
        <tr>
          ${columns.map(({ label, kind }) => markup`<th scope="col"${numeric(kind)}>${label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (
            row,
          ) => markup`<tr${marked(mark?.(row))}>${columns.map((column, index) => cellOf(column, { row, index }))}</tr>
`,
        )}
      </tbody>
    </table>
  </div>`;
}

function cellOf<Row>(
  { kind, cell, value }: Column<Row>,
  { row, index }: { readonly row: Row; readonly index: number },
): Html {
  const sorted = value === undefined ? undefined : markup` data-v="${shortest(value(row))}"`;
  return index === 0
    ? markup`<th scope="row"${sorted}>${cell(row)}</th>`
    : markup`<td${numeric(kind)}${sorted}>${cell(row)}</td>`;
}

/** As many digits as sorting needs. */
function shortest(value: number | string): number | string {
  return typeof value === 'string' ? value : Number(value.toPrecision(6));
}

function numeric(kind: 'number' | undefined): Html | undefined {
  return kind === undefined ? undefined : markup` class="number"`;
}

function marked(name: string | undefined): Html | undefined {
  return name === undefined ? undefined : markup` class="${name}"`;
}

const MOST_NAMES = 4;

/** Names in type of a fixed width, the first few of many. */
export function names(list: readonly string[], nothing = '–'): Content {
  if (list.length === 0) return markup`<span class="none">${nothing}</span>`;
  const rest = list.length - MOST_NAMES;
  return markup`<span class="names">${list.slice(0, MOST_NAMES).map((name) => markup`<code>${name}</code> `)}${rest > 0 ? markup`<span class="none">and ${rest} more</span>` : undefined}</span>`;
}
