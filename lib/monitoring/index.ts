/** What watches an environment: alerts and what is read, as files. */
export * from './prometheus-rules';
export * from './prometheus-scrape';
export * from './render';
