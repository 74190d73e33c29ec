import * as z from 'zod';
import { form } from './scalar';

/** Alarms in Amazon CloudWatch, which the AWS targets share. */
export const awsAlarms = z
  .strictObject({
    enabled: z
      .boolean()
      .optional()
      .describe('Alarms in the template. Default: true where monitoring or these settings are declared.'),
    deduplication: z
      .enum(['question', 'severity', 'none'])
      .optional()
      .describe(
        'Who is told once: for each question and severity, for each severity, or for each alarm. Default: question.',
      ),
    severities: z
      .record(z.string().min(1), z.enum(['critical', 'warning', 'off']))
      .optional()
      .describe('Severities other than those of the catalogue, by signal.'),
    thresholds: z
      .record(z.string().min(1), z.number())
      .optional()
      .describe('Thresholds other than those that are worked out, by signal, in its unit.'),
    notifyWhenOver: z.boolean().optional().describe('Tell when it is over, too. Default: true.'),
    suppressedBy: form(
      /^arn:aws[\w-]*:cloudwatch:[a-z0-9-]+:\d{12}:alarm:[^\r\n]{1,255}$/,
      'not an alarm',
      'the ARN of an alarm is allowed',
      'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:deploying',
    )
      .optional()
      .describe('While this alarm is on, nobody is told: for changes that are known to disturb. Default: none.'),
  })
  .describe('Alarms in Amazon CloudWatch.');
