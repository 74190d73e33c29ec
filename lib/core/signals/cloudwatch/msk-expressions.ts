import { MSK_CLIENTS } from './msk-clients';
import type { MskExpression } from './msk-expression';
import { MSK_FLOWS } from './msk-flows';
import { MSK_LOAD } from './msk-load';
import { MSK_LOGS } from './msk-logs';
import { MSK_SAFETY } from './msk-safety';

/** How signals are seen on Amazon MSK, by their ids. What is not here nobody sees there. */
export const MSK_EXPRESSIONS: Readonly<Record<string, MskExpression>> = {
  ...MSK_SAFETY,
  ...MSK_LOAD,
  ...MSK_CLIENTS,
  ...MSK_FLOWS,
  ...MSK_LOGS,
};
