/** One catalogue of what can be wrong with a cluster: what it means, why it matters, and how it is seen. */
import { AVAILABILITY_SIGNALS } from './availability';
import { EXPORTER_SIGNALS } from './seen-by-exporter';
import { LOAD_SIGNALS } from './load';
import { SAFETY_SIGNALS } from './safety';
import type { Signal } from './signal';
import { WORKER_SIGNALS } from './workers';

export * from './signal';

export const SIGNALS: readonly Signal[] = [
  ...SAFETY_SIGNALS,
  ...AVAILABILITY_SIGNALS,
  ...LOAD_SIGNALS,
  ...EXPORTER_SIGNALS,
  ...WORKER_SIGNALS,
];
