import { Annotations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Says at synth that a part of the environment is not in the template, and how it is done instead. */
export function warnNotRendered(scope: IConstruct, path: string, what: string, instead: string): void {
  Annotations.of(scope).addWarningV2(`kafka-deployment-kit:not-rendered:${path}`, `${path}: ${what}. ${instead}`);
}
