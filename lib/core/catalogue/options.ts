import type { OptionKind } from './option';
import { OptionTable, type OptionData } from './table';

/** Every option of each kind. A table parses its data when it is first asked, so what no command asks costs nothing. */
export const OPTION_TABLES: Readonly<Record<OptionKind, OptionTable>> = {
  broker: new OptionTable('broker', () => require('./data/broker-options.json') as OptionData),
  topic: new OptionTable('topic', () => require('./data/topic-options.json') as OptionData),
  worker: new OptionTable('worker', () => require('./data/worker-options.json') as OptionData),
};
