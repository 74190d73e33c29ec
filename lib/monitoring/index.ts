/** What watches an environment: alerts, dashboards and what is read, as files. */
export * from './grafana';
export * from './prometheus-rules';
export * from './prometheus-scrape';
export * from './recording-rules';
export * from './render';
