export type { SshOptions } from './arguments';
export { openSsh, type SshShell } from './shell';
