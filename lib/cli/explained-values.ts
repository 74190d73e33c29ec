import { parsePath, formatPath, type Path, type Position } from '../core/issue';
import type { EnvironmentModel, Explanation } from '../core/model';
import { child, positionOf, type Located } from '../core/spec';
import { dotted } from './explain-paths';
import { modelLeaves } from './model-leaves';

/** A value, where it comes from and why it is what it is. */
export interface ExplainedValue {
  readonly path: Path;
  readonly value: string;
  /** `kafka`: the kit leaves it alone, so Kafka's own default holds. */
  readonly source: 'file' | 'default' | 'derived' | 'kafka';
  readonly at?: Position;
  readonly why: string;
}

/** Every value of an environment: what resolving told of, and what it took over without a word. */
export function explainedValues(
  model: EnvironmentModel,
  explanations: readonly Explanation[],
  located: Located,
): Map<string, ExplainedValue> {
  const values = new Map<string, ExplainedValue>();
  for (const { path: text, value, source, why } of explanations) {
    const path = parsePath(text) ?? [text];
    const written = source === 'file' ? writtenAt(path, located) : undefined;
    values.set(dotted(path), {
      path,
      value,
      source,
      why: written === undefined || written.length === path.length ? why : `written in ${formatPath(written)}`,
      ...(written === undefined ? {} : { at: positionOf(located, written) }),
    });
  }
  for (const { path, value } of modelLeaves(model).values()) {
    const key = dotted(path);
    if (values.has(key)) continue;
    const written = writtenAt(path, located);
    values.set(key, {
      path,
      value,
      ...(written === undefined
        ? { source: 'derived', why: 'follows from the rest of the environment and its target' }
        : { source: 'file', why: whyWritten(written, path), at: positionOf(located, written) }),
    });
  }
  return values;
}

function whyWritten(written: Path, path: Path): string {
  return dotted(written) === dotted(path) ? 'written in the environment' : `written in ${formatPath(written)}`;
}

/** The path under which a value stands in the file: its own, for a topic also the one in `topicDefaults`. */
function writtenAt(path: Path, located: Located): Path | undefined {
  if (isWritten(path, located)) return path;
  if (path[0] === 'topics' && path.length > 2) {
    const shared = ['topicDefaults', ...path.slice(2)];
    if (isWritten(shared, located)) return shared;
  }
  return undefined;
}

function isWritten(path: Path, located: Located): boolean {
  let here: Located | undefined = located;
  for (const segment of path) here = child(here, segment);
  return here !== undefined && !(here.kind === 'scalar' && here.value === null);
}
