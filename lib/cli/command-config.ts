import type { ConnectOptions } from '../admin/port';
import { readText } from './read-text';
import { textFile } from './text-file';

/** How an administrator logs in, by a client.properties of Kafka's own tools. */
export function commandConfig(file: string): ConnectOptions {
  const { connectOptionsOf } = require('../admin/credentials') as typeof import('../admin/credentials');
  return connectOptionsOf(textFile(file, 'the settings of the administrator'), {
    file,
    readText,
    variables: process.env,
    iam: (region) =>
      (
        require('../admin/adapters/aws/msk-iam-token') as typeof import('../admin/adapters/aws/msk-iam-token')
      ).mskIamLogIn({ region }),
  });
}
