export * from './issue';
export * from './read';
