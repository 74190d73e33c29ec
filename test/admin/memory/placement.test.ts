import { clusterOf, outcomes, partitionOf, placed, really } from './cluster';

const item = { topic: 'a', partition: 0 };
const kept = { replicationFactor: 'kept' } as const;
const mayChange = { replicationFactor: 'may-change' } as const;
const brokers = [1, 2, 3, 4].map((id) => ({ id }));

async function moving(replicas: number[], to: number[]) {
  const { cluster, port } = clusterOf({ brokers, looksAStep: 0 });
  await port.createTopics([placed('a', replicas)], really);
  expect(outcomes(await port.alterReassignments([{ ...item, replicas: to }], mayChange))).toEqual(['-']);
  return { cluster, port };
}

describe('a move', () => {
  it('adds its replicas one by one, and ends when all are in sync', async () => {
    const { cluster, port } = await moving([1, 2], [3, 4]);
    expect(await port.listReassignments()).toEqual([
      { ...item, replicas: [3, 4, 1, 2], adding: [3, 4], removing: [1, 2] },
    ]);
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 1, replicas: [3, 4, 1, 2], isr: [1, 2] });
    cluster.advance();
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 1, isr: [3, 1, 2] });
    cluster.advance();
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 3, replicas: [3, 4], isr: [3, 4] });
    expect(await port.listReassignments()).toEqual([]);
  });

  it('ends by itself after some looks, unless told otherwise', async () => {
    const { port } = clusterOf({ brokers, looksAStep: 2 });
    await port.createTopics([placed('a', [1])], really);
    await port.alterReassignments([{ ...item, replicas: [2, 3] }], mayChange);
    const looks = [];
    for (let look = 0; look < 5; look++) looks.push((await port.listReassignments()).length);
    expect(looks).toEqual([1, 1, 1, 1, 0]);
  });

  it('is done at once where it only takes replicas away, or changes their order', async () => {
    const { port } = await moving([1, 2, 3], [3, 1]);
    expect(await port.listReassignments()).toEqual([]);
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 1, replicas: [3, 1], isr: [1, 3] });
  });

  it('waits for those that stay to be in sync before it takes others away', async () => {
    const { cluster, port } = clusterOf({ brokers, looksAStep: 0 });
    await port.createTopics([placed('a', [1, 2, 3])], really);
    cluster.stopBroker(3);
    await port.alterReassignments([{ ...item, replicas: [2, 3] }], mayChange);
    expect(await port.listReassignments()).toEqual([{ ...item, replicas: [2, 3, 1], adding: [], removing: [1] }]);
    cluster.startBroker(3);
    cluster.advance();
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 2, replicas: [2, 3], isr: [2, 3] });
  });

  it('does not end while a broker that it adds is down', async () => {
    const { cluster, port } = await moving([1], [4]);
    cluster.stopBroker(4);
    cluster.advance(5);
    expect(await port.listReassignments()).toHaveLength(1);
    cluster.startBroker(4);
    cluster.advance();
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 4, replicas: [4] });
  });

  it('goes back when it is given up, though the order may be another', async () => {
    const { cluster, port } = await moving([1, 2, 3], [4, 2, 3]);
    cluster.advance(0);
    expect(outcomes(await port.cancelReassignments([item, item]))).toEqual(['-', 'NO_REASSIGNMENT_IN_PROGRESS']);
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 1, replicas: [2, 3, 1], isr: [1, 2, 3] });
  });

  it('is replaced by another', async () => {
    const { cluster, port } = await moving([1, 2], [3, 2]);
    await port.alterReassignments([{ ...item, replicas: [4, 2] }], kept);
    expect(await port.listReassignments()).toEqual([
      { ...item, replicas: [4, 2, 1, 3], adding: [4], removing: [1, 3] },
    ]);
    cluster.advance();
    expect(await partitionOf(port, 'a')).toMatchObject({ replicas: [4, 2], isr: [4, 2] });
  });

  it('fails where it would change the number of replicas unasked, from Kafka 4.1 on', async () => {
    for (const [kafka, outcome] of [
      ['4.1', 'INVALID_REPLICATION_FACTOR'],
      ['3.9', '-'],
    ] as const) {
      const { port } = clusterOf({ brokers, kafka });
      await port.createTopics([placed('a', [1, 2])], really);
      expect(outcomes(await port.alterReassignments([{ ...item, replicas: [1, 2, 3] }], kept))).toEqual([outcome]);
    }
  });

  it('fails for replicas that cannot be', async () => {
    const { port } = await moving([1, 2], [1, 2]);
    const wanted = [[], [1, 1], [9]].map((replicas) => ({ ...item, replicas }));
    const results = await port.alterReassignments(wanted, mayChange);
    expect(outcomes(results)).toEqual(wanted.map(() => 'INVALID_REPLICA_ASSIGNMENT'));
  });
});

describe('an election', () => {
  it('fails where the preferred leader is down', async () => {
    const { cluster, port } = await moving([1, 2], [1, 2]);
    cluster.stopBroker(1);
    const [result] = await port.electPreferredLeaders([item]);
    expect(result!.error).toMatchObject({ name: 'PREFERRED_LEADER_NOT_AVAILABLE', retriable: true });
  });
});
