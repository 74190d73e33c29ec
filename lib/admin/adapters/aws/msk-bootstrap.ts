import type { GetBootstrapBrokersResponse, KafkaClient } from '@aws-sdk/client-kafka';
import { Failure } from '../../../core/issue';
import type { Authentication } from '../../../core/model';
import { loadSdk } from './sdk';

export interface MskBootstrapOptions {
  readonly clusterName: string;
  readonly region: string;
  /** How the client will log in; each way has brokers' addresses of its own. */
  readonly authentication: Authentication;
  readonly signal?: AbortSignal;
}

const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 15_000;

/** The bootstrap servers of a cluster on Amazon MSK, which the service chose when it made the cluster. */
export async function mskBootstrapServers(options: MskBootstrapOptions): Promise<string[]> {
  const { clusterName, region, authentication, signal } = options;
  const sdk = loadSdk('@aws-sdk/client-kafka', 'give --bootstrap');
  const client = new sdk.KafkaClient({
    region,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
  });
  const abort = signal === undefined ? {} : { abortSignal: signal };
  try {
    const arn = await clusterArn(sdk, client, options);
    const answer = await client.send(new sdk.GetBootstrapBrokersCommand({ ClusterArn: arn }), abort);
    const servers = serversFor(authentication, answer);
    if (servers === undefined) throw noSuchListener(clusterName, authentication, answer);
    return servers.split(',');
  } catch (error) {
    throw awsFailure(error, region);
  } finally {
    client.destroy();
  }
}

type Sdk = typeof import('@aws-sdk/client-kafka');

/** The service finds names by their beginning, so an exact look is ours. */
async function clusterArn(sdk: Sdk, client: KafkaClient, options: MskBootstrapOptions): Promise<string> {
  const { clusterName, region, signal } = options;
  let token: string | undefined;
  do {
    const page = await client.send(
      new sdk.ListClustersV2Command({
        ClusterNameFilter: clusterName,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
      signal === undefined ? {} : { abortSignal: signal },
    );
    const found = page.ClusterInfoList?.find((cluster) => cluster.ClusterName === clusterName);
    if (found?.ClusterArn !== undefined) return found.ClusterArn;
    token = page.NextToken;
  } while (token !== undefined);
  throw new Failure(
    'MSK-CLUSTER-MISSING',
    `there is no such cluster on Amazon MSK in ${region}, got the name ${clusterName}; it must be deployed first.`,
    `Run npx cdk deploy -c environment=${clusterName}, or check the account that you are logged in to.`,
  );
}

const FIELDS: Readonly<Partial<Record<Authentication, keyof GetBootstrapBrokersResponse>>> = {
  none: 'BootstrapBrokerString',
  iam: 'BootstrapBrokerStringSaslIam',
  'scram-sha-512': 'BootstrapBrokerStringSaslScram',
  mtls: 'BootstrapBrokerStringTls',
};

function serversFor(authentication: Authentication, answer: GetBootstrapBrokersResponse): string | undefined {
  const field = FIELDS[authentication];
  const servers = field === undefined ? undefined : answer[field];
  // A listener without authentication is encrypted unless the environment says otherwise.
  const found = servers ?? (authentication === 'none' ? answer.BootstrapBrokerStringTls : undefined);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function noSuchListener(name: string, wanted: Authentication, answer: GetBootstrapBrokersResponse): Failure {
  const there = Object.entries(FIELDS)
    .filter(([, field]) => typeof answer[field] === 'string')
    .map(([authentication]) => authentication);
  return new Failure(
    'MSK-LISTENER-MISSING',
    `the cluster ${name} has no brokers' addresses for this authentication, got ${wanted}; ${there.length === 0 ? 'it is still being made' : `it has ${there.join(', ')}`}.`,
    'Deploy the environment again, or wait until the cluster is active.',
  );
}

const UNAUTHENTICATED =
  /Credential|Token|AccessDenied|Forbidden|Unauthorized|UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignature/;

/** What the SDK throws, in words; anything that kept us from an answer is status 3. */
function awsFailure(error: unknown, region: string): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const text = `${error.name}: ${error.message.split('\n', 1)[0]!.replace(/\.$/, '')}`;
  if (UNAUTHENTICATED.test(error.name)) {
    return new Failure(
      'AWS-AUTHENTICATION',
      `AWS did not accept who asks, got ${text}; credentials that may call kafka:ListClustersV2 and kafka:GetBootstrapBrokers are needed.`,
      'Log in, for example with aws sso login, or give --bootstrap.',
      3,
    );
  }
  const code = (error as NodeJS.ErrnoException).code;
  return new Failure(
    'AWS-UNREACHABLE',
    `Amazon MSK in ${region} gave no answer, got ${code === undefined ? text : `${code} (${text})`}; its API must be reachable from here.`,
    'Check the network, the region and AWS_ENDPOINT_URL, or give --bootstrap.',
    3,
  );
}
