import { createHash } from 'node:crypto';
import { Names, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { MAX_NAME_LENGTH } from '../../../core/msk-connect';

/** Digits of a hash that tell contents apart. */
const DIGITS = 8;

/**
 * A name that changes with the content. What has it is replaced by every change, and with one name for both the new one could not be made
 * beside the old one.
 */
export function contentName(scope: IConstruct, content: unknown): string {
  const label = Names.uniqueResourceName(scope, { maxLength: MAX_NAME_LENGTH - DIGITS - 1, separator: '-' });
  return `${label}-${contentHash(scope, content)}`;
}

/** Tokens count by what they become, not by the number that they happen to have. */
export function contentHash(scope: IConstruct, content: unknown): string {
  const resolved = JSON.stringify(Stack.of(scope).resolve(content));
  return createHash('sha256').update(resolved).digest('hex').slice(0, DIGITS);
}
