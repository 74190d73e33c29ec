import { Failure, formatPath } from '../../core/issue';
import { compareLeaves, describeDifference, type Difference, type Leaves } from '../leaves';
import { modelLeaves } from '../model-leaves';
import { openValid } from '../open-valid';
import type { CommonOptions, Outcome } from '../outcome';

/** `kdk diff ENV [ENV]`: what is true of one environment and not of the other. */
export function diff(left: string, right: string | undefined, options: CommonOptions): Outcome {
  if (right === undefined && options.target === undefined) {
    throw new Failure(
      'USAGE',
      'there is nothing to compare with, got one environment; a second one or --target is needed.',
      `Try kdk diff ${left} --target local.`,
      2,
    );
  }
  const { target, ...forLeft } = options;
  const a = openValid(left, forLeft);
  const b = openValid(right ?? left, { ...forLeft, ...(target === undefined ? {} : { target }) });
  const [leftName, rightName] =
    a.name === b.name ? [`${a.name} (${a.model.target})`, `${b.name} (${b.model.target})`] : [a.name, b.name];
  const [leftLeaves, rightLeaves] = [modelLeaves(a.model), modelLeaves(b.model)];
  const differences = compareLeaves(leftLeaves, rightLeaves);
  return {
    issues: [], // Warnings are for `validate`.
    result: {
      left: { environment: a.name, target: a.model.target },
      right: { environment: b.name, target: b.model.target },
      differences,
    },
    lines:
      differences.length === 0
        ? [`${leftName} and ${rightName} are the same`]
        : inWords(differences, { leftLeaves, rightLeaves, leftName, rightName }),
  };
}

interface Sides {
  readonly leftLeaves: Leaves;
  readonly rightLeaves: Leaves;
  readonly leftName: string;
  readonly rightName: string;
}

/** A topic, principal or node that only one side has is one line, not one for each of its values. */
function inWords(differences: readonly Difference[], sides: Sides): string[] {
  const entries = { left: entriesOf(sides.leftLeaves), right: entriesOf(sides.rightLeaves) };
  const lines = new Set<string>();
  for (const difference of differences) {
    const leaf = sides.leftLeaves.get(difference.path) ?? sides.rightLeaves.get(difference.path)!;
    const entry = formatPath(leaf.path.slice(0, 2));
    if (leaf.path.length > 2 && !entries.right.has(entry)) lines.add(`${entry}: only in ${sides.leftName}`);
    else if (leaf.path.length > 2 && !entries.left.has(entry)) lines.add(`${entry}: only in ${sides.rightName}`);
    else lines.add(describeDifference(difference, sides.leftName, sides.rightName));
  }
  return [...lines];
}

function entriesOf(leaves: Leaves): Set<string> {
  return new Set([...leaves.values()].map(({ path }) => formatPath(path.slice(0, 2))));
}
