/** What a live cluster says of itself, as data; `lib/admin` asks for it, `lib/core/plan` compares it with an environment. */
export * from './access';
export * from './brokers';
export * from './configs';
export * from './error';
export * from './groups';
export * from './guard-acls';
export * from './topics';
