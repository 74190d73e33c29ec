import { parse, stringify } from 'yaml';
import { desiredState } from '../../../lib/core/plan/desire';
import type { DesiredState } from '../../../lib/core/plan/desired';
import { modelOfText } from '../../support/environments';
import { BASES, type Base } from '../../support/rule-cases';

/** What a base with `change` merged over it wants. */
export function desiredOf(base: Base, change: string): DesiredState {
  const yaml = stringify({ extends: './base.yaml', ...(parse(change) as object | null) });
  return desiredState(modelOfText(yaml, { files: { 'base.yaml': BASES[base] } }));
}
