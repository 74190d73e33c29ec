import { handler } from '../../../lib/admin/lambda/handler';
import { AwsStandIn } from '../../support/aws-stand-in';

let aws: AwsStandIn;
const before = { ...process.env };

beforeAll(async () => {
  aws = await AwsStandIn.start();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-west-1',
  });
});

afterAll(async () => {
  process.env = before;
  await aws.stop();
});

/** An update whose desired state is out of reach. */
async function update(): Promise<(typeof aws.answers)[number]> {
  const count = aws.answers.length;
  const properties = {
    Environment: 'test',
    Owner: 'test',
    DesiredBucket: 'assets',
    DesiredKey: 'gone',
    BootstrapServers: '127.0.0.1:1',
    Authentication: 'none' as const,
    Region: 'eu-west-1',
  };
  await handler(
    {
      RequestType: 'Update',
      ResponseURL: `${aws.url}/answer?X-Amz-Date=20261126T120000Z`,
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/kafka/0a1b2c3d',
      RequestId: 'request',
      LogicalResourceId: 'Reconciler',
      PhysicalResourceId: 'kafka-test',
      ResourceProperties: properties,
    },
    { awsRequestId: 'invocation', getRemainingTimeInMillis: () => 900_000 },
  );
  expect(aws.answers).toHaveLength(count + 1);
  return aws.answers.at(-1)!;
}

describe('an update of which nothing can be done', () => {
  test('fails, so that the stack rolls back', async () => {
    aws.stackStatus = 'UPDATE_IN_PROGRESS';
    expect(await update()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('DESIRED-STATE') });
  });

  test('lets the rollback through: a stack whose rollback fails takes no deployment any more', async () => {
    aws.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
    expect(await update()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'kafka-test' });
  });
});
