export * from './assemble-plugin';
export { storedZip } from './stored-zip';
