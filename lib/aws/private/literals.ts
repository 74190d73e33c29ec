import { Token } from 'aws-cdk-lib/core';
import type { PropertyProblem } from './construct-failure';

/** Values that decide what the service takes, and so must be known at synth; a token among them is a problem by its property. */
export function literalProblems(values: Readonly<Record<string, unknown>>): PropertyProblem[] {
  return Object.entries(values).flatMap(([property, value]) =>
    Token.isUnresolved(value) ? [notLiteral(property)] : [],
  );
}

export function notLiteral(property: string): PropertyProblem {
  return {
    property,
    message: 'the value is known only while deploying, got a token; a literal is needed, since it is checked at synth.',
    hint: 'Write the value itself instead of a parameter, an import or an attribute of another resource.',
  };
}

/** The text, or undefined where it is known only while deploying and so cannot be checked. */
export function ifLiteral(text: string): string | undefined {
  return Token.isUnresolved(text) ? undefined : text;
}
