/** What CloudFormation asks of a custom resource. Source: AWS CloudFormation user guide, Custom resource request objects. */
export interface CloudFormationEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: ReconcilerProperties;
  readonly OldResourceProperties?: ReconcilerProperties;
}

/** Properties of the custom resource. CloudFormation hands every value on as a text. */
export interface ReconcilerProperties {
  /** Seeds the physical id, so that no update ever replaces the resource. */
  readonly Environment: string;
  readonly Owner: string;
  /** The desired state as an asset in S3: JSON, compressed with gzip. */
  readonly DesiredBucket?: string;
  readonly DesiredKey?: string;
  /** The same in the resource itself, as base64. */
  readonly Desired?: string;
  readonly BootstrapServers: string;
  readonly Authentication: 'iam' | 'scram-sha-512' | 'mtls' | 'none';
  readonly Region: string;
  /** Brokers that the cluster has by now: more of them are an update, in which they get their share. Absent where nothing is spread. */
  readonly Brokers?: string;
  /** Secret with `username` and `password`, or with `certificate` and `key`, of the administrator; absent with `iam` and `none`. */
  readonly AdminSecretArn?: string;
  /** Secrets of users, JSON: name of the secret in the environment to its ARN. */
  readonly Secrets?: string;
  /** PEM of the authority that the brokers' certificates are of; absent for a public one. */
  readonly CertificateAuthority?: string;
}

export interface LambdaContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

export interface Answer {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly reason?: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** Five tries fit into what an invocation keeps for itself. */
const ANSWER_TIMEOUT_MS = 8_000;
/** CloudFormation cuts longer ones. */
const LONGEST_REASON = 1000;

/** One id for as long as the environment lives: another would make CloudFormation delete the old resource. */
export function physicalId({ Environment, Owner }: ReconcilerProperties): string {
  return Owner === Environment ? `kafka-${Environment}` : `kafka-${Environment}-${Owner}`;
}

/** Tells CloudFormation how it went; nothing else ends the waiting of a stack. */
export async function answer(event: CloudFormationEvent, { status, reason, data }: Answer): Promise<void> {
  const body = JSON.stringify({
    Status: status,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    PhysicalResourceId: event.PhysicalResourceId ?? physicalId(event.ResourceProperties),
    ...(reason === undefined ? {} : { Reason: shorten(reason) }),
    ...(data === undefined ? {} : { Data: data }),
  });
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(event.ResponseURL, {
        method: 'PUT',
        body,
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      });
      if (response.ok) return;
      throw new Error(`CloudFormation did not take the answer: ${response.status}`);
    } catch (error) {
      // Without an answer the stack waits for its whole time-out.
      if (attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
    }
  }
}

function shorten(reason: string): string {
  return reason.length <= LONGEST_REASON ? reason : `${reason.slice(0, LONGEST_REASON - 1)}…`;
}

/**
 * When CloudFormation sent the request, milliseconds since 1970: its answer URL says when it was signed. Undefined where it does not.
 * A retried invocation is handed the same event, so this is how it knows how long the stack has been waiting.
 */
export function requestedAt({ ResponseURL }: CloudFormationEvent): number | undefined {
  const query = new URL(ResponseURL).searchParams;
  const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '');
  if (date !== null) {
    const [year, month, day, hour, minute, second] = date.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }
  // The older form has the end alone: two hours after the request.
  const expires = Number(query.get('Expires') ?? Number.NaN);
  return Number.isFinite(expires) ? expires * 1000 - 7_200_000 : undefined;
}
