export * from './report';
export * from './status';
