export * from './msk';
