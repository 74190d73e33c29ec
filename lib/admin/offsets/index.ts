export * from './execute-reset';
export * from './groups';
export * from './plan-reset';
export * from './reset-target';
export * from './reset-topics';
