import { parsePath, formatPath, type Path, type Position } from '../core/issue';
import type { EnvironmentModel, Explanation } from '../core/model';
import { volumePerformance } from '../core/ec2';
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
  for (const one of volumeValues(model)) if (!isWritten(one.path, located)) values.set(dotted(one.path), one);
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

/** What the volumes of instances are made for, which comes out of the load of topics. */
function volumeValues(model: EnvironmentModel): ExplainedValue[] {
  if (model.target !== 'ec2') return [];
  return model.pools.flatMap((pool): ExplainedValue[] => {
    const { throughputMiBps, iops, why } = volumePerformance(model, pool);
    const at = (key: string): Path => ['targets', 'ec2', 'volumes', pool.name, key];
    return [
      { path: at('throughput'), value: `${throughputMiBps}MiB/s`, source: 'derived', why },
      {
        path: at('iops'),
        value: String(iops),
        source: 'derived',
        why: 'a quarter of a MiB/s needs an operation a second; 3,000 are included in the price of a volume',
      },
    ];
  });
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
