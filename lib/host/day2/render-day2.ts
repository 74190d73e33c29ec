import type { FileArtifact } from '../../core/artifact';
import { clusterDifference, section, type Step, type Work } from '../../core/day2';
import { clusterState, hostsFacts, type TargetLock } from '../../core/lock';
import type { EnvironmentModel } from '../../core/model';
import { doorSteps, hostSteps, upgradeSteps } from './change-steps';
import { addedSteps, goneSteps } from './node-steps';
import type { Situation } from './situation';

export interface HostsDay2Options {
  /** What runs: an entry of a lock, or one made of a former file. */
  readonly before: TargetLock;
  /** Its name, for the heading. */
  readonly since: string;
}

const ADMIN = '--command-config admin.properties';

/** How a cluster on hosts becomes what its file says now, step by step: a runbook. What is due whatever differs is in RUNBOOK.md of the hosts. */
export function renderHostsDay2(model: EnvironmentModel, { before, since }: HostsDay2Options): FileArtifact[] {
  const roll = `kdk roll ${model.name} ${ADMIN}`;
  const situation: Situation = {
    ...{ model, before, roll, admin: ADMIN },
    difference: clusterDifference(before, { model, facts: hostsFacts(model), state: clusterState(model) }),
    ssh: (host) => `ssh ${userAt(model)}${addressOf(host, model, before)}`,
  };
  const steps: readonly Step[] = [
    ...upgradeSteps(situation),
    ...doorSteps(situation),
    ...hostSteps(situation),
    ...addedSteps(situation),
    ...goneSteps(situation),
  ];
  const work = ({ command }: Work): string[] => [
    `kdk ${command[0]} ${model.name} ${command.slice(1).join(' ')} ${ADMIN}`,
  ];
  const text = [
    `# ${model.name}: from ${since} to what is written now\n`,
    `In this order, each step when the one before is done; every command may be run again, and does what is left. Afterwards run \`kdk lock ${model.name}\`, and commit the lock. A disk, a host or a certificate that fails or ends is in RUNBOOK.md of the rendered hosts.\n`,
    ...(steps.length === 0
      ? [
          'Nothing differs that takes more than a roll and an apply:\n',
          `\`\`\`sh\n${roll} --dry-run\n${roll}\nkdk apply ${model.name} ${ADMIN}\n\`\`\`\n`,
        ]
      : [
          '## Before\n',
          'The cluster is whole: every node may go down, and no partition lacks a replica.\n',
          `\`\`\`sh\nkdk status ${model.name} ${ADMIN}\nkdk may-restart ${model.name} ${ADMIN}\n\`\`\`\n`,
          ...steps.map((step, index) => section(`${index + 1}. ${step.title}`, step, work)),
        ]),
  ].join('\n');
  return [{ path: 'runbook.md', content: text }];
}

function userAt({ spec }: EnvironmentModel): string {
  const user = spec.targets?.hosts?.ssh?.user;
  return user === undefined ? '' : `${user}@`;
}

/** One that goes is no longer in the file, but its address is in the lock. */
function addressOf(host: string, model: EnvironmentModel, before: TargetLock): string {
  return (
    model.nodes.find(({ name }) => name === host)?.host ??
    before.fixed[`targets.hosts.inventory.${host}.address`] ??
    host
  );
}
