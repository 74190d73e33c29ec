import type { ChangeCode } from './change-code';
import { ACCESS_CODES } from './diff/codes';
import { TOPIC_CODES } from './topics/codes';

/** Every code that a plan can give, by family, in the order of RULES.md. */
export const CHANGE_FAMILIES: readonly { readonly family: string; readonly codes: readonly ChangeCode[] }[] = [
  { family: 'Topics', codes: TOPIC_CODES },
  ...ACCESS_CODES,
];

export const CHANGE_CODES: readonly ChangeCode[] = CHANGE_FAMILIES.flatMap(({ codes }) => codes);

const CODES: ReadonlySet<string> = new Set(CHANGE_CODES.map(({ code }) => code));

/** Whether an acknowledgement with this code is about a change of a plan, and not about a rule. */
export function isChangeCode(code: string): boolean {
  return CODES.has(code);
}
