import * as z from 'zod';
import { problemText } from './problem';
import { count, cpu, form } from './scalar';
import { schedule } from './schedule';

export const kubernetesConnect = z
  .strictObject({
    cpu: cpu().optional().describe('CPU that each worker asks for; there is no limit. Default: 500m.'),
    autoscaling: z
      .strictObject({
        maxReplicas: count(2, 1000).describe('Workers at most; connect.replicas are there always.'),
        cpu: count(10, 100)
          .optional()
          .describe(
            'Use of the CPU that workers ask for, in percent, above which there are more of them. Default: 70, or none with lag.',
          ),
        lag: count(1, 1_000_000_000)
          .optional()
          .describe(
            'Records that a sink may be behind for each worker; more add workers. Needs a connector with topics.',
          ),
      })
      .optional()
      .describe('More workers while they are busy, and slowly fewer. Default: none.'),
    restart: z
      .strictObject({
        schedule: schedule().optional().describe('When failed tasks are looked for, as cron. Default: */10 * * * *.'),
        attempts: count(0, 50)
          .optional()
          .describe('How often each connector is restarted in a run before the run fails; 0: never. Default: 3.'),
      })
      .optional()
      .describe('Failed connectors and tasks are restarted, by a CronJob with the tools.'),
  })
  .describe('Workers of Connect as pods.');

export const drift = z
  .strictObject({
    schedule: schedule().describe('When the cluster is compared with the file, as cron.'),
    action: z
      .enum(['report', 'repair'])
      .optional()
      .describe(
        'report: the run fails where they differ; repair: the cluster is made what the file says. Default: report.',
      ),
    timeZone: form(
      /^[A-Z][\w+/-]{0,63}$/,
      'not a time zone',
      'a name of the IANA time zone database is allowed',
      'Europe/Berlin',
    )
      .refine(isTimeZone, {
        error: problemText({
          code: 'SPEC-VALUE',
          what: 'the time zone is not known',
          allowed: 'a name of the IANA time zone database is allowed',
          hint: 'Write for example Europe/Berlin.',
        }),
      })
      .optional()
      .describe('Time zone of the schedule. Default: that of the Kubernetes controllers, mostly UTC.'),
  })
  .describe('A CronJob that looks for drift: topics, access and connectors that are not what the file says.');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}
