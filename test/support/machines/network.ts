import { spawnSync } from 'node:child_process';
import { must } from './command';

interface Plugged {
  readonly name: string;
  readonly address: string;
}

/** The end of the cable of a machine at the bridge of scripts/machine-namespaces.sh. */
const port = (name: string): string => `to-${name}`;

/** A network namespace with one interface, at the bridge that all machines are at. */
export function plug({ name, address }: Plugged): void {
  must('ip', ['netns', 'add', name]);
  must('ip', ['link', 'add', port(name), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name]);
  must('ip', ['link', 'set', port(name), 'master', 'hosts', 'up']);
  must('ip', ['-n', name, 'addr', 'add', `${address}/24`, 'dev', 'eth0']);
  for (const link of ['eth0', 'lo']) must('ip', ['-n', name, 'link', 'set', link, 'up']);
}

export function unplug({ name }: Plugged): void {
  spawnSync('ip', ['link', 'del', port(name)]);
  spawnSync('ip', ['netns', 'del', name]);
}

export function setLink({ name }: Plugged, up: boolean): void {
  must('ip', ['link', 'set', port(name), up ? 'up' : 'down']);
}
