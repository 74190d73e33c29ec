import { randomUUID } from 'node:crypto';
import type { Progress } from '../../core/issue';
import { formatError } from '../failures';
import type { KafkaClient, ProduceResult } from '../port';
import { poll, type Patience } from '../wait';
import { CANARY_TOPIC, prepareCanary } from './canary-topic';
import { ok, wrong, type VerifyCheck } from './check';

const HINT = 'Read the log of that broker; clients that use partitions which it leads have the same trouble.';

export interface RoundTripOptions {
  readonly progress: Progress;
  readonly patience: Patience;
}

/** Writes a record with acks=all through each broker and reads it back: the one proof that clients can work. */
export async function checkRoundTrips(
  client: KafkaClient,
  brokers: readonly number[],
  { progress, patience }: RoundTripOptions,
): Promise<VerifyCheck[]> {
  const canary = await prepareCanary(client, brokers, patience);
  const checks: VerifyCheck[] = [
    ok({
      id: 'CANARY-TOPIC',
      evidence: `${CANARY_TOPIC}, ${canary.created ? 'created now' : 'there already'}; it keeps records for an hour`,
    }),
  ];
  for (const [index, broker] of brokers.entries()) {
    progress({ step: 'writing and reading through each broker', done: index, total: brokers.length });
    checks.push(await checkRoundTrip(client, { broker, partition: canary.partitions.get(broker) }, patience));
  }
  progress({ step: 'writing and reading through each broker', done: brokers.length, total: brokers.length });
  return checks;
}

async function checkRoundTrip(
  client: KafkaClient,
  { broker, partition }: { broker: number; partition: number | undefined },
  patience: Patience,
): Promise<VerifyCheck> {
  const about = { id: 'ROUND-TRIP', subject: `broker ${broker}` };
  if (partition === undefined)
    return wrong({ ...about, evidence: `it leads no partition of ${CANARY_TOPIC}` }, 'Wait until it is in sync again.');
  const through = `${CANARY_TOPIC}-${partition}`;
  try {
    // The first record opens connections and finds the leader; the second is what a client that runs would see.
    await roundTrip(client, partition, patience);
    const { ackMs, totalMs } = await roundTrip(client, partition, patience);
    return ok({ ...about, evidence: `${through}: acknowledged by all in ${ackMs} ms, read back after ${totalMs} ms` });
  } catch (error) {
    return wrong({ ...about, evidence: `${through}: ${error instanceof Error ? error.message : String(error)}` }, HINT);
  }
}

async function roundTrip(
  client: KafkaClient,
  partition: number,
  patience: Patience,
): Promise<{ ackMs: number; totalMs: number }> {
  const key = randomUUID();
  const began = Date.now();
  const written = await poll(
    () =>
      client.produce({
        topic: CANARY_TOPIC,
        partition,
        records: [{ key, value: 'kdk verify', timestampMs: Date.now() }],
        acks: 'all',
      }),
    (result: ProduceResult) => !('error' in result) || !result.error.retriable,
    patience,
  );
  if ('error' in written) throw new Error(`not written, got ${formatError(written.error)}`);
  const ackMs = Date.now() - began;
  const from = new Map([[partition, written.baseOffset]]);
  const found = await poll(
    async () =>
      (await client.fetch(CANARY_TOPIC, from)).some(({ records }) => records.some((each) => each.key === key)),
    (seen) => seen,
    patience,
  );
  if (!found) throw new Error(`acknowledged at offset ${written.baseOffset}, but not read back`);
  return { ackMs, totalMs: Date.now() - began };
}
