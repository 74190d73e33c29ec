export * from './log-in';
export * from './salted-password';
