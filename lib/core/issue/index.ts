export * from './failure';
export * from './issue';
export * from './nearest';
export * from './path';
export * from './progress';
