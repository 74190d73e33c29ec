/** Dashboards of Grafana, as files and as the queries that they make. */
export * from './board';
export * from './dashboard-files';
export * from './dashboard-json';
export * from './dashboards';
export * from './queries';
