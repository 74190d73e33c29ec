/** What CloudFormation asks of a custom resource. Source: AWS CloudFormation user guide, Custom resource request objects. */
export interface CloudFormationEvent<Properties> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly ResourceType?: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  /** CloudFormation hands every value on as a text, in lists and maps too. */
  readonly ResourceProperties: Properties;
  readonly OldResourceProperties?: Properties;
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

/** Tells CloudFormation how it went; nothing else ends the waiting of a stack. */
export async function answer(
  event: CloudFormationEvent<unknown>,
  physicalId: string,
  { status, reason, data }: Answer,
): Promise<void> {
  const body = JSON.stringify({
    Status: status,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    PhysicalResourceId: physicalId,
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
export function requestedAt({ ResponseURL }: Pick<CloudFormationEvent<unknown>, 'ResponseURL'>): number | undefined {
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
