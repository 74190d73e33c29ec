import { formatPath, type Path } from '../issue';
import type { Explanation } from './model';

/** Told of every value as it is settled; `kdk explain` collects, everything else passes nothing and pays nothing. */
export type Explain = (explanation: Explanation) => void;

/** Settles values one by one: what was written wins, else the default with its reason. */
export class Settler {
  constructor(private readonly explain?: Explain) {}

  settle<T>(
    path: Path,
    written: T | undefined,
    fallback: () => T,
    why: string,
    show: (value: T) => string = String,
  ): T {
    const value = written ?? fallback();
    this.explain?.({
      path: formatPath(path),
      value: show(value),
      source: written === undefined ? 'default' : 'file',
      why: written === undefined ? why : 'written in the environment',
    });
    return value;
  }

  derive(path: Path, value: string, why: string): void {
    this.explain?.({ path: formatPath(path), value, source: 'derived', why });
  }

  get active(): boolean {
    return this.explain !== undefined;
  }
}
