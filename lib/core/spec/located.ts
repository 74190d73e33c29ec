import type { Path, Position } from '../issue';

/** A text and its name, for turning an offset into a line and a column only when somebody asks. */
export class SourceText {
  private lineStarts: number[] | undefined;

  constructor(
    readonly file: string,
    readonly text: string,
  ) {}

  position(offset: number): Position {
    this.lineStarts ??= lineStartsOf(this.text);
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - this.lineStarts[low]! + 1 };
  }
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

interface Place {
  readonly source: SourceText;
  readonly offset: number;
}

/** A value of an environment that remembers where it was written, also after files were merged. */
export type Located = LocatedMap | LocatedList | LocatedScalar;
export interface LocatedMap extends Place {
  readonly kind: 'map';
  readonly entries: Map<string, LocatedEntry>;
}
export interface LocatedEntry {
  readonly key: Place;
  readonly value: Located;
}
export interface LocatedList extends Place {
  readonly kind: 'list';
  readonly items: Located[];
}
export interface LocatedScalar extends Place {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

/** Maps merge, lists and scalars replace, null removes. */
export function mergeLocated(base: Located | undefined, over: Located): Located {
  if (base?.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key);
    entries.set(key, below === undefined ? entry : { key: entry.key, value: mergeLocated(below.value, entry.value) });
  }
  return { kind: 'map', source: over.source, offset: over.offset, entries };
}

/** The plain value; keys whose value is null are left out. */
export function toPlain(located: Located): unknown {
  if (located.kind === 'scalar') return located.value;
  if (located.kind === 'list') return located.items.map(toPlain);
  const plain: Record<string, unknown> = {};
  for (const [key, { value }] of located.entries) {
    if (value.kind === 'scalar' && value.value === null) continue;
    plain[key] = toPlain(value);
  }
  return plain;
}

export function child(located: Located | undefined, segment: string | number): Located | undefined {
  if (located?.kind === 'map') return located.entries.get(String(segment))?.value;
  if (located?.kind === 'list') return located.items[Number(segment)];
  return undefined;
}

/** The position of the value at `path`, of its key with `atKey`, or of the nearest thing above it that was written. */
export function positionOf(top: Located, path: Path, atKey = false): Position {
  let here: Located = top;
  let place: Place = top;
  for (const [index, segment] of path.entries()) {
    const next = child(here, segment);
    if (next === undefined) break;
    const wantsKey = here.kind === 'map' && (next.kind !== 'scalar' || (atKey && index === path.length - 1));
    place = wantsKey ? (here as LocatedMap).entries.get(String(segment))!.key : next;
    here = next;
  }
  return place.source.position(place.offset);
}
