import * as z from 'zod';
import { distinct, form, label } from './scalar';

export const mskReplicator = z
  .strictObject({
    sources: z
      .record(
        label('a mirror'),
        z.strictObject({
          clusterArn: form(
            /^arn:aws[\w-]*:kafka:[a-z0-9-]+:\d{12}:cluster\/[\w-]+\/[\w-]+$/,
            'not the ARN of a cluster',
            'arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/ID is allowed',
            'arn:aws:kafka:eu-west-1:111122223333:cluster/shop/11111111-2222-3333-4444-555555555555-1',
          ).describe('The cluster, as its stack puts it out (ClusterArn).'),
          subnets: distinct(
            z
              .array(
                form(
                  /^subnet-[0-9a-z]+$/,
                  'not a subnet id',
                  'subnet- and letters and digits are allowed',
                  'subnet-0a1b2c3d',
                ),
              )
              .min(2)
              .max(3),
          ).describe('Subnets of its brokers, two or three, in the zones of this cluster.'),
          securityGroups: distinct(
            z
              .array(
                form(
                  /^sg-[0-9a-z]+$/,
                  'not a security group id',
                  'sg- and letters and digits are allowed',
                  'sg-0c1d2e3f',
                ),
              )
              .min(1)
              .max(5),
          )
            .optional()
            .describe(
              'Groups in the VPC of the source that the replicator is put into; the brokers there let them in on port 9098. Needed in one region, not across regions.',
            ),
        }),
      )
      .describe('The source of each mirror, by the name of the mirror.'),
  })
  .describe('What MSK Replicator has to know of the clusters that mirrors copy from.');
