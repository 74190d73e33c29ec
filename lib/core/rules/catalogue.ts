import { OPTION_RULES } from './options';
import { REPLICATION_RULES } from './replication';
import type { Rule } from './rule';

/** Every rule, by family, in the order of RULES.md. */
export const RULE_FAMILIES: readonly { readonly family: string; readonly rules: readonly Rule[] }[] = [
  { family: 'Replication', rules: REPLICATION_RULES },
  { family: 'Options', rules: OPTION_RULES },
];

export const RULES: readonly Rule[] = RULE_FAMILIES.flatMap(({ rules }) => rules);
