export { connectOptionsOf, type ClientPropertiesOptions } from './client-properties';
