// Imported, not loaded lazily: this module is for the bundle of the control function alone, which holds no more of the SDK than is named here.
import {
  BatchAssociateScramSecretCommand,
  BatchDisassociateScramSecretCommand,
  DescribeClusterOperationV2Command,
  DescribeClusterV2Command,
  GetBootstrapBrokersCommand,
  KafkaClient,
  ListScramSecretsCommand,
  UpdateConnectivityCommand,
  type Cluster,
  type ConnectivityInfo,
  type UnprocessedScramSecret,
} from '@aws-sdk/client-kafka';

const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** The service asks for patience when several stacks are deployed at once. */
const ATTEMPTS = 6;

/** A cluster as the service describes it; absent settings are off. */
export interface MskClusterDescription {
  readonly state: string;
  readonly currentVersion: string;
  /** Why the state is what it is, where the service says so. */
  readonly stateInfo?: string;
  readonly connectivity: ConnectivityInfo;
}

export interface MskOperation {
  readonly state: string;
  readonly error?: string;
}

export interface RefusedSecret {
  readonly arn: string;
  readonly code: string;
  readonly message: string;
}

/** What the kit asks of the control plane of Amazon MSK. Call `close` at the end. */
export class MskControlPlane {
  private readonly client: KafkaClient;

  constructor(region: string) {
    this.client = new KafkaClient({
      region,
      maxAttempts: ATTEMPTS,
      credentials: environmentCredentials,
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    });
  }

  async describe(arn: string): Promise<MskClusterDescription> {
    const { ClusterInfo: cluster } = await this.client.send(new DescribeClusterV2Command({ ClusterArn: arn }));
    return described(cluster ?? {});
  }

  /** Every string that the service tells, by its name. */
  async bootstrapStrings(arn: string): Promise<Record<string, string>> {
    const answer = await this.client.send(new GetBootstrapBrokersCommand({ ClusterArn: arn }));
    return Object.fromEntries(
      Object.entries(answer).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  }

  /** Begins an update of one setting, and says which operation it is. */
  async updateConnectivity(arn: string, currentVersion: string, connectivity: ConnectivityInfo): Promise<string> {
    const answer = await this.client.send(
      new UpdateConnectivityCommand({
        ClusterArn: arn,
        CurrentVersion: currentVersion,
        ConnectivityInfo: connectivity,
      }),
    );
    return answer.ClusterOperationArn ?? '';
  }

  async operation(arn: string): Promise<MskOperation> {
    const answer = await this.client.send(new DescribeClusterOperationV2Command({ ClusterOperationArn: arn }));
    const { OperationState: state = '', ErrorInfo: error } = answer.ClusterOperationInfo ?? {};
    return { state, ...(error === undefined ? {} : { error: `${error.ErrorCode}: ${error.ErrorString}` }) };
  }

  /** ARNs of all secrets that are associated with the cluster. */
  async scramSecrets(arn: string): Promise<string[]> {
    const all: string[] = [];
    let token: string | undefined;
    do {
      const page = await this.client.send(
        new ListScramSecretsCommand({ ClusterArn: arn, ...(token === undefined ? {} : { NextToken: token }) }),
      );
      all.push(...(page.SecretArnList ?? []));
      token = page.NextToken;
    } while (token !== undefined);
    return all;
  }

  /** At most ten at a time; returns those that the service did not take. */
  async associateScramSecrets(arn: string, secrets: string[]): Promise<RefusedSecret[]> {
    const request = { ClusterArn: arn, SecretArnList: secrets };
    return refused((await this.client.send(new BatchAssociateScramSecretCommand(request))).UnprocessedScramSecrets);
  }

  /** At most ten at a time; returns those that the service did not let go. */
  async disassociateScramSecrets(arn: string, secrets: string[]): Promise<RefusedSecret[]> {
    const request = { ClusterArn: arn, SecretArnList: secrets };
    return refused((await this.client.send(new BatchDisassociateScramSecretCommand(request))).UnprocessedScramSecrets);
  }

  close(): void {
    this.client.destroy();
  }
}

function described({ State, StateInfo, CurrentVersion, Provisioned }: Cluster): MskClusterDescription {
  return {
    state: State ?? '',
    currentVersion: CurrentVersion ?? '',
    ...(StateInfo?.Message === undefined ? {} : { stateInfo: StateInfo.Message }),
    connectivity: Provisioned?.BrokerNodeGroupInfo?.ConnectivityInfo ?? {},
  };
}

function refused(list: readonly UnprocessedScramSecret[] = []): RefusedSecret[] {
  return list.map(({ SecretArn: arn = '', ErrorCode: code = '', ErrorMessage: message = '' }) => ({
    arn,
    code,
    message,
  }));
}

/** Lambda puts the credentials of the function's role there; the chain of providers that laptops need would double the bundle. */
function environmentCredentials(): Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }> {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = process.env;
  return Promise.resolve({
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
  });
}
