import type { Ministack } from './ministack';

/** What CloudWatch tells a topic about an alarm. */
export interface AlarmMessage {
  readonly AlarmName: string;
  readonly NewStateValue: 'ALARM' | 'OK';
}

/** A queue that hears what a topic is told. */
export class Mailbox {
  private constructor(
    private readonly aws: Ministack,
    private readonly QueueUrl: string,
  ) {}

  static async of(aws: Ministack, topicArn: string): Promise<Mailbox> {
    const { QueueUrl } = await aws.ask<{ QueueUrl: string }>('sqs', 'CreateQueue', { QueueName: 'oncall' });
    const { Attributes } = await aws.ask<{ Attributes: { QueueArn: string } }>('sqs', 'GetQueueAttributes', {
      QueueUrl,
      AttributeNames: ['QueueArn'],
    });
    await aws.subscribe(topicArn, Attributes.QueueArn);
    return new Mailbox(aws, QueueUrl);
  }

  /** `NAME ALARM` or `NAME OK`, of what came since it was last looked into. */
  async news(): Promise<string[]> {
    const news: string[] = [];
    for (;;) {
      const { Messages = [] } = await this.aws.ask<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
        'sqs',
        'ReceiveMessage',
        { QueueUrl: this.QueueUrl, MaxNumberOfMessages: 10 },
      );
      if (Messages.length === 0) return news.sort();
      for (const { Body, ReceiptHandle } of Messages) {
        const { AlarmName, NewStateValue } = JSON.parse(
          (JSON.parse(Body) as { Message: string }).Message,
        ) as AlarmMessage;
        news.push(`${AlarmName} ${NewStateValue}`);
        await this.aws.ask('sqs', 'DeleteMessage', { QueueUrl: this.QueueUrl, ReceiptHandle });
      }
    }
  }
}
