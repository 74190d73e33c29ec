export * from './layout';
export * from './render-host';
export * from './render-hosts';
