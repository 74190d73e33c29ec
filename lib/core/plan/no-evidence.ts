import type { Evidence } from './observed';

/** Nothing asked, nothing known. */
export const NO_EVIDENCE: Evidence = {
  sizes: new Map(),
  cuts: new Map(),
  usage: new Map(),
  activeGroups: new Map(),
};
