import * as z from 'zod';
import { override } from './override';
import { count, form, size } from './scalar';

export const msk = z
  .strictObject({
    brokerType: z.enum(['standard', 'express']).optional().describe('Default: standard.'),
    instanceType: form(
      /^(kafka|express)\.[a-z0-9]+\.[a-z0-9]+$/,
      'not an instance type of MSK',
      'kafka. or express. and an EC2 instance type are allowed',
      'kafka.m7g.large',
    )
      .optional()
      .describe('Broker size, for example kafka.m7g.large. Default: kafka.m7g.large.'),
    storageAutoscaling: z
      .strictObject({
        max: size().describe('Volumes grow up to this size.'),
        targetUtilization: z
          .number()
          .min(0.1)
          .max(0.8)
          .optional()
          .describe('Grow when this share is used. Default: 0.6.'),
      })
      .optional()
      .describe('Volumes that grow by themselves; they never shrink.'),
    monitoringLevel: z
      .enum(['DEFAULT', 'PER_BROKER', 'PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION'])
      .optional()
      .describe('CloudWatch metrics. Default: PER_BROKER.'),
    topicsManagedBy: z
      .enum(['cloudformation', 'reconciler'])
      .optional()
      .describe('Who owns the topics. Default: cloudformation.'),
    certificateAuthorities: z
      .array(
        form(
          /^arn:aws[\w-]*:acm-pca:[\w-]+:\d{12}:certificate-authority\/[\w-]+$/,
          'not an authority of AWS Private CA',
          'the ARN of an authority of AWS Private CA is allowed',
          'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555',
        ),
      )
      .min(1)
      .max(10)
      .optional()
      .describe('Authorities that vouch for client certificates; needed where a listener has mtls.'),
    topicStacks: count(1, 50)
      .optional()
      .describe(
        'Nested stacks that the topics are spread over by their names, for more than 350 topics; never changes. Default: none.',
      ),
    override,
  })
  .describe('Amazon MSK provisioned.');

export const mskServerless = z.strictObject({ override }).describe('Amazon MSK Serverless.');
