export * from './architecture';
export * from './host-packages';
export * from './package-folder';
