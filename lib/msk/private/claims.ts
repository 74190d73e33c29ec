import type { IConstruct } from 'constructs';
import type { PropertyProblem } from '../../aws/private/construct-failure';

const claimed = new WeakMap<IConstruct, Map<string, string>>();

export interface Claim {
  /** Within which nothing else may have the name: a stack, or the whole app. */
  readonly within: IConstruct;
  /** What is named and its name. */
  readonly what: string;
  readonly name: string;
  /** The name as a message shows it. */
  readonly shown?: string;
  readonly property: string;
}

/** Takes a name that only one construct may have; a problem where another one took it. */
export function claim(scope: IConstruct, { within, what, name, shown = name, property }: Claim): PropertyProblem[] {
  let names = claimed.get(within);
  if (names === undefined) claimed.set(within, (names = new Map()));
  const key = `${what} ${name}`;
  const holder = names.get(key);
  if (holder === undefined || holder === scope.node.path) {
    names.set(key, scope.node.path);
    return [];
  }
  return [
    {
      property,
      message: `${what} of this name is there already, got ${shown} of ${holder}; a name of its own is allowed.`,
      hint: 'Choose another name.',
    },
  ];
}

/** Takes the name of a topic of a cluster in the whole app. */
export function claimTopic(
  scope: IConstruct,
  { clusterArn, name, property }: { readonly clusterArn: string; readonly name: string; readonly property: string },
): PropertyProblem[] {
  const key = `${clusterArn}/${name}`;
  return claim(scope, { within: scope.node.root, what: 'a topic of the cluster', name: key, shown: name, property });
}
