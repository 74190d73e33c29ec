export * from './owned-options';
export * from './releases';
export * from './users';
export * from './mirrors';
export * from './names';
