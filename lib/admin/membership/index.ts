/** Brokers and controllers that leave, and what all nodes agree on. */
export * from './evacuate';
export * from './remove-controllers';
export * from './unregister';
export * from './upgrade-features';
