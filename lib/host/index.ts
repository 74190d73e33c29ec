export * from './layout';
export * from './render-host';
export * from './render-hosts';
export * from './day2/render-day2';
