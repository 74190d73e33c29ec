import type { Consequence, FixedChange } from './fixed-consequence';

/** What comes of a listener that goes, or that is another one, where nodes are restarted one by one. */
export function listenerChange(name: string, { to }: FixedChange): Consequence {
  return to === 'none'
    ? {
        what: `clients of ${name} lose their door`,
        wayOut: 'Move them to another listener first; kdk render writes the runbook for both rolls with --day2.',
      }
    : {
        what: `clients of ${name} knock at a door that is another one after the restart of each node`,
        wayOut:
          'Add a second listener that is as wanted and roll; move the clients; then take this one away and roll again.',
      };
}
