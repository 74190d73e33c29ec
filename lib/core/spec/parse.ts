import * as z from 'zod';
import { formatPath, nearest, sortIssues, type Issue } from '../issue';
import { child, mergeLocated, positionOf, toPlain, type Located, type LocatedMap } from './located';
import { schemaIssues } from './schema-issue';
import { environment, neutralSections, type EnvironmentSpec } from './schema/environment';
import { TARGETS, type TargetName } from './schema/target';

export interface ParseOptions {
  /** Read the environment for this target instead of the one that it names. */
  readonly target?: TargetName;
}

export interface ParsedEnvironment {
  /** Absent where there are errors. */
  readonly spec?: EnvironmentSpec;
  /** The environment with the target's override merged in, for positions and for `explain`. */
  readonly located: Located;
  readonly issues: Issue[];
}

const NEUTRAL = Object.keys(neutralSections);

/** Checks an environment against the schema, with the override of its target merged in, and finds all issues. */
export function parseEnvironment(located: Located, options: ParseOptions = {}): ParsedEnvironment {
  const top = located as LocatedMap;
  const written = child(top, 'target');
  const target = options.target ?? (written?.kind === 'scalar' ? (written.value as TargetName) : undefined);
  const merged = applyOverride(top, target);
  const withTarget = options.target === undefined ? merged : setTarget(merged, options.target);

  const plain = toPlain(withTarget);
  const result = environment.safeParse(plain);
  const issues: Issue[] = result.success ? [] : schemaIssues(result.error.issues, environment, withTarget, plain);
  for (const other of TARGETS) issues.push(...overrideIssues(top, other, other === target));

  const unique = [
    ...new Map(
      issues.map((issue) => [
        `${issue.code} ${issue.at?.file} ${issue.at?.line} ${issue.at?.column} ${issue.path}`,
        issue,
      ]),
    ).values(),
  ];
  return {
    located: withTarget,
    issues: sortIssues(unique),
    ...(result.success && issues.length === 0 ? { spec: result.data } : {}),
  };
}

function overrideOf(top: LocatedMap, target: TargetName | undefined): Located | undefined {
  return target === undefined ? undefined : child(child(child(top, 'targets'), target), 'override');
}

function applyOverride(top: LocatedMap, target: TargetName | undefined): LocatedMap {
  const override = overrideOf(top, target);
  if (override?.kind !== 'map') return top;
  const neutral = new Map([...override.entries].filter(([key]) => NEUTRAL.includes(key)));
  const merged = mergeLocated(top, { ...override, entries: neutral }) as LocatedMap;
  return { ...merged, source: top.source, offset: top.offset };
}

function setTarget(top: LocatedMap, target: TargetName): LocatedMap {
  const value: Located = { kind: 'scalar', source: top.source, offset: top.offset, value: target };
  const entries = new Map(top.entries).set('target', { key: { source: top.source, offset: top.offset }, value });
  return { ...top, entries };
}

/** Unknown sections under an override, and for a target that is not the chosen one also what its merged sections violate. */
function overrideIssues(top: LocatedMap, target: TargetName, chosen: boolean): Issue[] {
  const override = overrideOf(top, target);
  if (override?.kind !== 'map') return [];
  const base = ['targets', target, 'override'];
  const issues: Issue[] = [];
  for (const key of override.entries.keys()) {
    if (NEUTRAL.includes(key)) continue;
    const near = nearest(key, NEUTRAL);
    issues.push({
      code: 'SPEC-UNKNOWN-KEY',
      level: 'error',
      path: formatPath([...base, key]),
      message: `the key ${JSON.stringify(key)} cannot be overridden; known keys are ${NEUTRAL.join(', ')}.`,
      hint: near === undefined ? 'Remove it.' : `Did you mean ${near}?`,
      at: positionOf(top, [...base, key], true),
    });
  }
  if (chosen) return issues;
  const touched = NEUTRAL.filter((key) => override.entries.has(key));
  if (touched.length === 0) return issues;
  const merged = applyOverride(top, target);
  const part: LocatedMap = {
    ...merged,
    entries: new Map([...merged.entries].filter(([key]) => touched.includes(key))),
  };
  const schema = z.strictObject(
    Object.fromEntries(touched.map((key) => [key, neutralSections[key as keyof typeof neutralSections].optional()])),
  );
  const plain = toPlain(part);
  const result = schema.safeParse(plain);
  if (!result.success) issues.push(...schemaIssues(result.error.issues, schema, part, plain));
  return issues;
}
