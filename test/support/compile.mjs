export { compile as default } from '../../scripts/compile.mjs';
