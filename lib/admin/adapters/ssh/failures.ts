import { Failure } from '../../../core/issue';
import type { HostAddress } from '../../hosts/shell';

interface Cause {
  readonly sign: RegExp;
  readonly code: string;
  readonly what: string;
  readonly allowed: string;
  readonly hint: (host: HostAddress) => string;
}

/** What the client says, in the order in which one hides another. Its words are OpenSSH's own. */
const CAUSES: readonly Cause[] = [
  {
    sign: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    code: 'HOST-KEY-CHANGED',
    what: 'shows another host key than the known one',
    allowed: 'the key in known_hosts is allowed',
    hint: ({ address }) =>
      `If the host was set up anew, compare the new key with its console and run ssh-keygen -R ${address}; otherwise something else answers at that address.`,
  },
  {
    sign: /Host key verification failed|No [\w-]+ host key is known/,
    code: 'HOST-KEY-UNKNOWN',
    what: 'shows a host key that is not known here',
    allowed: 'a key that somebody has compared and put into known_hosts is allowed',
    hint: ({ address }) =>
      `Log in to ${address} once by hand and compare the key, or add it to known_hosts from your inventory.`,
  },
  {
    sign: /Permission denied|Too many authentication failures|no mutual signature/i,
    code: 'HOST-DENIED',
    what: 'does not let the login in',
    allowed: 'a key that ssh finds without asking is needed',
    hint: () =>
      'Load the key into ssh-agent, name it with --ssh-identity or in ssh_config, and see targets.hosts.ssh.user.',
  },
  {
    sign: /Could not resolve hostname/,
    code: 'HOST-UNREACHABLE',
    what: 'has an address that nobody knows',
    allowed: 'a name that resolves on this machine is needed',
    hint: () => 'Correct its address in targets.hosts.inventory, or give it a HostName in ssh_config.',
  },
  {
    sign: /Bad configuration option|Can't open user config file|no such identity/i,
    code: 'SSH-CONFIGURATION',
    what: 'cannot be called with this configuration of ssh',
    allowed: 'a file that ssh reads is needed',
    hint: () => 'Correct the file of --ssh-config or --ssh-identity.',
  },
];

/** Of a client that ended with 255: it did not get as far as the command, or lost it. */
export function connectionFailure(host: HostAddress, stderr: string): Failure {
  const said = lastLine(stderr);
  const cause = CAUSES.find(({ sign }) => sign.test(stderr));
  if (cause !== undefined)
    return new Failure(
      cause.code,
      `${host.name} ${cause.what}, got ${said} at ${host.address}; ${cause.allowed}.`,
      cause.hint(host),
      3,
    );
  return new Failure(
    'HOST-UNREACHABLE',
    `${host.name} cannot be reached over SSH, got ${said} at ${host.address}; every host is needed, so that nothing is done by halves.`,
    'See that it is up and that port 22, or targets.hosts.ssh.port, is open from here; or leave it out with --nodes.',
    3,
  );
}

/** Not each line of sudo: it also warns of what does not hold it up. */
const NOT_ROOT =
  /sudo: (command )?not found|sudo: a (password|terminal) is required|sudo: (sorry|you must|no valid sudoers|[^\n]*must be owned by uid 0)|not in the sudoers file|is not allowed to (execute|run)/i;

/** The command was reached and could not become root. */
export function sudoFailure(host: HostAddress, stderr: string): Failure | undefined {
  if (!NOT_ROOT.test(stderr)) return undefined;
  return new Failure(
    'HOST-NO-SUDO',
    `the login on ${host.name} cannot become root, got ${lastLine(stderr)}; sudo without a password is needed.`,
    'Give it NOPASSWD in sudoers, or log in as root: targets.hosts.ssh.user: root.',
    3,
  );
}

export function lostFailure(host: HostAddress, seconds: number): Failure {
  return new Failure(
    'HOST-UNREACHABLE',
    `${host.name} does not go on, got no end of a command within ${seconds} seconds at ${host.address}; it has to answer.`,
    'Log in to it and see what it does; then run this again.',
    3,
  );
}

export function clientMissing(error: Error): Failure {
  return new Failure(
    'SSH-MISSING',
    `there is no ssh on this machine, got ${error.message.replace(/\.$/, '')}; the OpenSSH client is needed.`,
    'Install it (openssh-client), or see that it is on the path.',
    3,
  );
}

export function lastLine(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(\*\*|@@|Warning: Permanently added)/.test(line));
  return lines.at(-1)?.replace(/[.\s]+$/, '') ?? 'nothing';
}
