import { Failure, type Progress } from '../../core/issue';
import { clockSkews, CLOCK_SKEW_LIMIT_S } from '../../core/roll';
import { allFailures, onEveryHost } from './every-host';
import { probe, type HostLook, type NodeHost, type ProbeOptions } from './probe';
import type { HostShell } from './shell';

/** Looks at all hosts before anything happens on one; fails with everything that is wrong, on all of them. */
export async function lookAtHosts(
  shell: HostShell,
  hosts: readonly NodeHost[],
  { progress, ...options }: ProbeOptions & { readonly progress: Progress },
): Promise<readonly HostLook[]> {
  const looks = await onEveryHost(hosts, { step: 'looking at the hosts', progress }, (host) =>
    probe(shell, host, options),
  );
  const problems = [...skewed(looks), ...twice(looks)];
  if (problems.length > 0) throw allFailures(problems);
  return looks;
}

function skewed(looks: readonly HostLook[]): Failure[] {
  const skews = clockSkews(looks.map(({ clock }) => clock));
  if (skews.length === 0) return [];
  const list = skews.map(({ host, seconds }) => `${host} ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`);
  return [
    new Failure(
      'HOST-CLOCK',
      `clocks differ, got ${list.join(', ')}; ${CLOCK_SKEW_LIMIT_S} seconds are allowed.`,
      'Let chrony or systemd-timesyncd run there (timedatectl), and run this again when the clocks agree.',
    ),
  ];
}

function twice(looks: readonly HostLook[]): Failure[] {
  const owners = new Map<string, string>();
  return looks.flatMap(({ host, bootId }) => {
    const owner = owners.get(bootId);
    owners.set(bootId, owner ?? host.name);
    if (owner === undefined || bootId === '') return [];
    return [
      new Failure(
        'HOST-TWICE',
        `${owner} and ${host.name} are the same machine, got the same boot id at ${host.address}; each node has a host of its own.`,
        'Correct the addresses in targets.hosts.inventory, or HostName in ssh_config.',
      ),
    ];
  });
}
