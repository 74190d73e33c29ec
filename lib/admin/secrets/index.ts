export * from './environment';
export * from './first-of';
export * from './folder';
export * from './store';
