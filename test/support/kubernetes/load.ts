import { CLIENT_FILES, type ClientPod } from './client-pod';
import { within } from './kubectl';
import { LOAD_TOPIC, LOAD_USER } from './lab-environment';
import { measured, say } from './progress';

export interface LoadReport {
  /** Records that brokers acknowledged. */
  readonly acked: number;
  /** Records that were refused; they were sent once. */
  readonly errors: number;
  /** Records that a reader found afterwards, each counted once. */
  readonly read: number;
  /** Acknowledged records that no reader found. */
  readonly lost: number;
  /** Longest time without an acknowledgement. */
  readonly longestGapSeconds: number;
}

export interface LoadOptions {
  /** @default 300 */
  readonly recordsPerSecond?: number;
  /** Marks the records of this load among others. */
  readonly mark: number;
}

/** A producer in a pod: acks=all, each record is sent once (retries=0), and what was acknowledged is written down. */
export class Load {
  static async start(client: ClientPod, options: LoadOptions): Promise<Load> {
    const { recordsPerSecond = 300, mark } = options;
    say(`load: ${recordsPerSecond} records/s, acks=all, retries=0`);
    const load = new Load(client, mark);
    const producer = client.tool('org.apache.kafka.tools.VerifiableProducer', [
      '--bootstrap-server',
      client.bootstrap,
      '--topic',
      LOAD_TOPIC,
      '--throughput',
      String(recordsPerSecond),
      '--value-prefix',
      String(mark),
      '--command-config',
      CLIENT_FILES.once,
    ]);
    await client.shell(
      `${producer} > ${load.#file('sent')} 2> ${load.#file('log')} < /dev/null & echo $! > ${load.#file('pid')}`,
    );
    await within(90, async () => {
      if ((await load.acked()) < recordsPerSecond) throw new Error('the load has not begun');
    });
    return load;
  }

  private constructor(
    private readonly client: ClientPod,
    private readonly mark: number,
  ) {}

  async acked(): Promise<number> {
    return Number(await this.client.shell(`grep -c producer_send_success ${this.#file('sent')} || true`));
  }

  /** Ends it, reads the topic from its beginning, and compares. */
  async stop(): Promise<LoadReport> {
    const { client, mark } = this;
    const [sent, acked, read] = [this.#file('sent'), this.#file('acked'), this.#file('read')];
    await client.shell(
      `kill $(cat ${this.#file('pid')}); while kill -0 $(cat ${this.#file('pid')}) 2>/dev/null; do sleep 0.3; done`,
    );
    const value = `sed -n 's/.*"value":"\\(${mark}\\.[0-9]*\\)".*/\\1/p'`;
    await client.shell(`grep producer_send_success ${sent} | ${value} | sort -u > ${acked}`);
    say('reading everything back');
    const reader = client.tool('org.apache.kafka.tools.consumer.ConsoleConsumer', [
      ...['--bootstrap-server', client.bootstrap, '--topic', LOAD_TOPIC, '--command-config', CLIENT_FILES.user],
      ...['--from-beginning', '--group', `${LOAD_USER}-${mark}-${Date.now()}`],
      // It ends with the last record, and not by a clock that a busy machine outruns.
      ...['--max-messages', String(await this.#written()), '--timeout-ms', '120000'],
    ]);
    await client.shell(`${reader} 2>> ${this.#file('log')} | grep '^${mark}\\.' | sort -u > ${read}`, 400);
    const counts = await client.shell(
      [
        `wc -l < ${acked}`,
        `grep -c producer_send_error ${sent} || true`,
        `wc -l < ${read}`,
        `comm -23 ${acked} ${read} | wc -l`,
        `grep producer_send_success ${sent} | sed 's/.*"timestamp":\\([0-9]*\\).*/\\1/' | sort -n | awk 'NR > 1 && $1 - last > gap { gap = $1 - last } { last = $1 } END { print gap + 0 }'`,
      ].join('; '),
    );
    const [ackedCount, errors, readCount, lost, gap] = counts.trim().split(/\s+/).map(Number);
    const report = {
      acked: ackedCount!,
      errors: errors!,
      read: readCount!,
      lost: lost!,
      longestGapSeconds: gap! / 1000,
    };
    measured(`load ${mark}`, { ...report });
    return report;
  }

  /** How many records lie in the topic. */
  async #written(): Promise<number> {
    const offsets = await this.client.admin('org.apache.kafka.tools.GetOffsetShell', ['--topic', LOAD_TOPIC]);
    return offsets
      .trim()
      .split('\n')
      .reduce((sum, line) => sum + Number(line.split(':')[2]), 0);
  }

  #file(of: string): string {
    return `/tmp/load-${this.mark}.${of}`;
  }
}
