import { control } from '../../lib/admin/lambda/control/handler';
import type { ControlEvent, ControlResources } from '../../lib/admin/lambda/control/control-properties';
import { AwsStandIn, type StackAnswer } from './aws-stand-in';
import { FakeMsk, type FakeMskOptions } from './msk-control-plane';

const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'eu-west-1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

export interface ControlRequest {
  readonly type: keyof ControlResources;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly request?: 'Create' | 'Update' | 'Delete';
  readonly old?: Readonly<Record<string, unknown>>;
  /** Of the answer's address: when CloudFormation asked. @default just now */
  readonly askedMinutesAgo?: number;
  /** Of the invocation. @default 15 minutes */
  readonly remainingMs?: number;
}

/**
 * The control function with the real SDK in it, against a fake of the control plane of Amazon MSK and a stand-in for CloudFormation. Its
 * pauses take no time.
 */
export class ControlBench {
  private readonly before = { ...process.env };
  /** How long all pauses would have taken. */
  pausedMs = 0;

  private constructor(
    readonly msk: FakeMsk,
    readonly aws: AwsStandIn,
  ) {}

  static async start(options: FakeMskOptions = {}): Promise<ControlBench> {
    const bench = new ControlBench(await FakeMsk.start(options), await AwsStandIn.start());
    Object.assign(process.env, CREDENTIALS, {
      AWS_ENDPOINT_URL: bench.aws.url,
      AWS_ENDPOINT_URL_KAFKA: bench.msk.url,
    });
    return bench;
  }

  async stop(): Promise<void> {
    process.env = this.before;
    await Promise.all([this.msk.stop(), this.aws.stop()]);
  }

  /** What CloudFormation was told. Throws what the invocation fails with. */
  async run({ type, properties, request = 'Create', old, ...more }: ControlRequest): Promise<StackAnswer> {
    const count = this.aws.answers.length;
    let now = Date.now();
    const clock = {
      now: () => now,
      sleep: (ms: number) => {
        now += ms;
        this.pausedMs += ms;
        return Promise.resolve();
      },
    };
    const context = { awsRequestId: 'invocation', getRemainingTimeInMillis: () => more.remainingMs ?? 900_000 };
    await control(
      this.event({ type, properties, request, ...(old === undefined ? {} : { old }), ...more }),
      context,
      clock,
    );
    expect(this.aws.answers).toHaveLength(count + 1);
    return this.aws.answers.at(-1)!;
  }

  private event({ type, properties, request, old, askedMinutesAgo = 0 }: ControlRequest): ControlEvent {
    const asked = new Date(Date.now() - askedMinutesAgo * 60_000).toISOString().replace(/[-:]|\.\d+/g, '');
    const event = {
      RequestType: request ?? 'Create',
      ResourceType: type,
      ResponseURL: `${this.aws.url}/answer?X-Amz-Date=${asked}`,
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/kafka/0a1b2c3d',
      RequestId: 'request',
      LogicalResourceId: 'Resource',
      ...(request === 'Create' ? {} : { PhysicalResourceId: 'as-it-was' }),
      ResourceProperties: { Region: 'eu-west-1', ...properties },
      ...(old === undefined ? {} : { OldResourceProperties: { Region: 'eu-west-1', ...old } }),
    };
    return event as unknown as ControlEvent;
  }
}
