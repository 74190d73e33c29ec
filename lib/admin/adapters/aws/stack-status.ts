import { loadSdk } from './sdk';

const TIMEOUT_MS = 5_000;

/**
 * The status of a stack, for example `UPDATE_ROLLBACK_IN_PROGRESS`; undefined where CloudFormation cannot be asked: from a network without
 * a way to it, or without the right to.
 */
export async function stackStatus(stackId: string, region: string): Promise<string | undefined> {
  const { CloudFormationClient, DescribeStacksCommand } = loadSdk('@aws-sdk/client-cloudformation', '');
  const client = new CloudFormationClient({
    region,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: TIMEOUT_MS, requestTimeout: TIMEOUT_MS },
  });
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
    return Stacks?.[0]?.StackStatus;
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}
