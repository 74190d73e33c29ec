import * as z from 'zod';

/** Filled with the neutral sections, all optional, when the editor schema is made; checked after merging when read. */
export const override = z
  .record(z.string(), z.unknown())
  .optional()
  .describe('What differs from the neutral part on this target. null removes.');
