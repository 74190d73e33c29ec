import type { MembershipOptions } from '../commands/membership';
import { REACH, SSH } from './cluster-flags';
import { define, type Definition, type Flag } from './definition';

const WAIT: Flag = ['--wait <duration>', 'how long brokers that do not answer are waited for, for example 15m'];
const load = () => require('../commands/membership') as typeof import('../commands/membership');

/** Nodes that leave, and what all nodes agree on; what the Jobs of a runbook run. */
export const MEMBERSHIP_COMMANDS: readonly Definition[] = [
  define<MembershipOptions>({
    syntax: 'evacuate [ENV]',
    description: 'Move every replica off brokers that are to leave',
    options: [
      ['--brokers <id,...>', 'the brokers that are to hold nothing any more'],
      ['--racks <name,...>', 'instead: all brokers of these racks'],
      ['--throttle <rate>', 'what each broker may copy at most; default: as the environment says, else 50MiB/s'],
      ['--plan-only', 'say what would move, and move nothing'],
      WAIT,
      ...REACH,
    ],
    example: 'kdk evacuate --brokers 102,103 --command-config admin.properties',
    isLong: true,
    run: ([name], options, context) => load().evacuateBrokers(name, options, context),
  }),
  define<MembershipOptions>({
    syntax: 'unregister [ENV]',
    description: 'Make the cluster forget brokers that are gone and empty',
    options: [['--brokers <id,...>', 'the brokers that are gone for good'], WAIT, ...REACH],
    example: 'kdk unregister --brokers 102,103 --command-config admin.properties',
    isLong: true,
    run: ([name], options, context) => load().unregister(name, options, context),
  }),
  define<MembershipOptions>({
    syntax: 'remove-controllers [ENV]',
    description: 'Take controllers that were shut down out of the quorum',
    options: [['--controllers <id,...>', 'the controllers that are gone for good'], WAIT, ...REACH],
    example: 'kdk remove-controllers --controllers 4 --command-config admin.properties',
    isLong: true,
    run: ([name], options, context) => load().takeOutControllers(name, options, context),
  }),
  define<MembershipOptions>({
    syntax: 'upgrade-features [ENV]',
    description: 'Finalise an upgrade of Kafka, for ever',
    options: [
      ['--release <version>', 'the Kafka version whose features are to be in force; default: that of the environment'],
      ['--plan-only', 'say what would rise, and raise nothing'],
      WAIT,
      ...SSH,
      ...REACH,
    ],
    example: 'kdk upgrade-features --release 4.3 --command-config admin.properties',
    isLong: true,
    run: ([name], options, context) => load().finaliseFeatures(name, options, context),
  }),
];
