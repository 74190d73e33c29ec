import { shellQuote } from '../../../core/config';
import type { HostCommand } from '../../hosts/shell';

export interface SshOptions {
  /** Login name. @default the one of the ssh configuration, or that of this process */
  readonly user?: string;
  /** @default the one of the ssh configuration, or 22 */
  readonly port?: number;
  /** `ssh_config` instead of the user's own. */
  readonly configFile?: string;
  /** Private key, beside those of the agent and the configuration. */
  readonly identityFile?: string;
  /** How the login becomes root. `none`: it is root. @default sudo, which must not ask for a password */
  readonly become?: 'sudo' | 'none';
}

/** A socket has a short path: 104 bytes on some systems, of which ssh takes 57 for the hash and a suffix of its own. */
const LONGEST_SOCKET_FOLDER = 45;

/**
 * The command line of one call. Nothing is asked on a terminal; a connection that hangs ends within 15 seconds; whether a host is the one
 * that it says is the business of the user's own known_hosts and is never loosened here.
 */
export function sshArguments(
  { user, port, configFile, identityFile }: SshOptions,
  {
    address,
    sockets,
    words,
  }: { readonly address: string; readonly sockets?: string; readonly words: readonly string[] },
): readonly string[] {
  const shared =
    sockets === undefined || sockets.length > LONGEST_SOCKET_FOLDER
      ? []
      : ['-o', 'ControlMaster=auto', '-o', `ControlPath=${sockets}/%C`, '-o', 'ControlPersist=60'];
  return [
    ...(configFile === undefined ? [] : ['-F', configFile]),
    ...['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-o', 'ServerAliveInterval=5', '-o', 'ServerAliveCountMax=3'],
    ...shared,
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(identityFile === undefined ? [] : ['-i', identityFile]),
    ...['-T', '--', address, ...words],
  ];
}

/** The words of a remote command. The login shell of the host joins and splits them again, so each is quoted for it. */
export function remoteWords(
  { script, args = [] }: Pick<HostCommand, 'script' | 'args'>,
  { user, become = user === 'root' ? 'none' : 'sudo' }: SshOptions,
): readonly string[] {
  const words = ['sh', '-c', script, 'kdk', ...args];
  return [...(become === 'sudo' ? ['sudo', '-n', '--'] : []), ...words].map(shellQuote);
}
