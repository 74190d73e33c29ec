import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaClient } from '../../../lib/admin';
import { isRetriable } from '../../../lib/admin/failures';
import { kafkaRelease } from '../../../lib/core/versions';
import { kafkaPaths } from '../../../lib/local/kafka-home';
import { lostRecords, readAll } from '../acknowledged-load';
import type { HostsLab } from './hosts-lab';

const TOPIC = 'orders';
const RECORDS_PER_SECOND = 300;
/** Kafka's own defaults, which its tool lowers where it is not told. */
export const PRODUCER = 'enable.idempotence=true\nretries=2147483647\n';

export interface Figures {
  readonly acknowledged: number;
  /** Acknowledged, and not where they were acknowledged. */
  readonly lost: number;
  /** Given up by the producer after all of its retries, with why. */
  readonly failed: readonly string[];
  /** The fewest replicas in sync that any partition had, of all that was seen. */
  readonly fewestInSync: number;
  /** The longest time without an acknowledgement, seconds. */
  readonly longestGap: number;
  readonly seconds: number;
}

interface Said {
  readonly name: string;
  readonly partition?: number;
  readonly offset?: number;
  readonly value?: string;
  readonly message?: string;
}

/** Kafka's own producer, idempotent, `acks=all`, with its default retries, writing while something is done to the cluster. */
export class VerifiedLoad {
  readonly #acknowledged = new Map<string, string>();
  readonly #failed: string[] = [];
  readonly #producer: ChildProcess;
  readonly #startedMs = Date.now();
  #lastMs = 0;
  #longestMs = 0;
  #fewest = Infinity;
  #watching = true;

  private constructor(
    private readonly admin: KafkaClient,
    lab: HostsLab,
    settings = scramSettings(lab),
  ) {
    const [, bootstrap] = /^bootstrap\.servers=(.*)$/m.exec(readFileSync(settings, 'utf8'))!;
    const home = kafkaPaths(kafkaRelease('4.3')!.patch).path;
    const command = ['-Xmx160m', '-cp', join(home, 'libs/*'), 'org.apache.kafka.tools.VerifiableProducer'];
    const options = ['--bootstrap-server', bootstrap!, '--topic', TOPIC, '--acks', '-1', '--throughput', String(RECORDS_PER_SECOND), '--command-config', settings]; // prettier-ignore
    this.#producer = spawn('java', [...command, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
    createInterface({ input: this.#producer.stdout! }).on('line', (line) => this.#hear(line));
  }

  /** Writes while the work is done, then reads everything back. `settings`: a producer.properties. @default SCRAM */
  static async during(lab: HostsLab, admin: KafkaClient, work: () => unknown, settings?: string): Promise<Figures> {
    const load = new VerifiedLoad(admin, lab, settings);
    const watch = load.#watch();
    try {
      await load.#flows();
      await work();
      await sleep(3_000);
    } finally {
      load.#watching = false;
      load.#producer.kill('SIGTERM');
      if (load.#producer.exitCode === null && load.#producer.signalCode === null) await once(load.#producer, 'exit');
      await watch;
    }
    return load.#figures();
  }

  /** Until records are acknowledged: before that, nothing is proved. */
  async #flows(): Promise<void> {
    while (this.#acknowledged.size < RECORDS_PER_SECOND) {
      if (this.#producer.exitCode !== null) throw new Error(`the producer ended: ${this.#failed.join('; ')}`);
      await sleep(200);
    }
    this.#longestMs = 0;
  }

  #hear(line: string): void {
    if (!line.startsWith('{')) return;
    const said = JSON.parse(line) as Said;
    if (said.name === 'producer_send_error') this.#failed.push(said.message ?? line);
    if (said.name !== 'producer_send_success') return;
    const now = Date.now();
    if (this.#lastMs > 0) this.#longestMs = Math.max(this.#longestMs, now - this.#lastMs);
    this.#lastMs = now;
    this.#acknowledged.set(`${said.partition}:${said.offset}`, said.value!);
  }

  async #watch(): Promise<void> {
    while (this.#watching) {
      try {
        const [topic] = await this.admin.describeTopics([TOPIC]);
        for (const { isr } of topic!.partitions) this.#fewest = Math.min(this.#fewest, isr.length);
      } catch (error) {
        if (!isRetriable(error)) throw error;
      }
      await sleep(300);
    }
  }

  async #figures(): Promise<Figures> {
    const seconds = Math.round((Date.now() - this.#startedMs) / 1000);
    const lost = lostRecords(this.#acknowledged, await readAll(this.admin, TOPIC));
    return {
      acknowledged: this.#acknowledged.size,
      lost: lost.length,
      failed: this.#failed,
      fewestInSync: this.#fewest,
      longestGap: Math.round(this.#longestMs / 100) / 10,
      seconds,
    };
  }
}

/** A file with what the producer logs in by. */
function scramSettings({ folder, certificates, clientBootstrap }: HostsLab): string {
  const file = join(folder, 'load.properties');
  const login = 'org.apache.kafka.common.security.scram.ScramLoginModule required username="checkout" password="secret of checkout";'; // prettier-ignore
  const lines = [
    `bootstrap.servers=${clientBootstrap}`,
    'security.protocol=SASL_SSL',
    'sasl.mechanism=SCRAM-SHA-512',
    `sasl.jaas.config=${login}`,
    'ssl.truststore.type=PEM',
    `ssl.truststore.location=${join(certificates, 'ca.crt')}`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n${PRODUCER}`);
  return file;
}
