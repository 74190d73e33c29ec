export * from './msk-replicator';
