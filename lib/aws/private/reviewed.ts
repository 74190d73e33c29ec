import { Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Names of a rule pack that is common enough for its findings to be answered where they arise. */
const PACK = 'AwsSolutions';

/**
 * Answers findings of cdk-nag about a construct that are as they have to be: the reasons, by the number of their rule, for example `SMG4`.
 * An answer holds for all that is below the construct, so give the lowest one.
 */
export function reviewed(scope: IConstruct, reasons: Readonly<Record<string, string>>): void {
  Validations.of(scope).acknowledge(
    ...Object.entries(reasons).map(([rule, reason]) => ({ id: `${PACK}-${rule}`, reason })),
  );
}

interface PolicyDocument {
  readonly Statement: readonly { readonly Effect?: string; readonly Action?: unknown; readonly Resource?: unknown }[];
}

/**
 * The same for the wildcards of a policy, of which each one is a finding: exactly those that the document has now, so that one which comes
 * later is found.
 */
export function reviewedWildcards(scope: IConstruct, document: object, reason: string): void {
  const { Statement: statements } = Stack.of(scope).resolve(document) as PolicyDocument;
  const findings = statements.flatMap(({ Action: actions, Resource: resources }) => [
    ...listOf(actions).map((action) => `Action::${String(action)}`),
    ...listOf(resources).map((resource) => `Resource::${flat(resource)}`),
  ]);
  const wild = [...new Set(findings)].filter((finding) => finding.includes('*'));
  reviewed(scope, Object.fromEntries(wild.map((finding) => [`IAM5[${finding}]`, reason])));
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}

/** How a resource is spelled in a finding: references in angle brackets, what is joined in one piece, the rest as JSON. */
function flat(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll('${', '<').replaceAll('}', '>');
  const {
    'Fn::Join': join,
    'Fn::Sub': sub,
    'Fn::GetAtt': attribute,
    Ref: reference,
  } = value as Record<string, unknown>;
  if (join !== undefined) {
    const [separator, parts] = join as [string, unknown[]];
    return parts.map(flat).join(separator);
  }
  if (sub !== undefined) return flat(sub);
  if (attribute !== undefined) return `<${(attribute as unknown[]).map(flat).join('.')}>`;
  if (reference !== undefined) return `<${flat(reference)}>`;
  return JSON.stringify(value);
}
