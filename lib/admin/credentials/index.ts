export { connectOptionsOf, type ClientPropertiesOptions } from './client-properties';
export { parseProperties } from './java-properties';
