import { REPOSITORY, kdk, type Ran } from '../support/kdk';

const run = (...args: string[]): Promise<Ran> => kdk(REPOSITORY, args);

describe('kdk explain', () => {
  test('names the file, line and column of a value that was written', async () => {
    const { status, stdout, stderr } = await run('explain', 'local', 'topics.orders.partitions');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^topics\.orders\.partitions: 12\n {2}from: environments\/local\.yaml:\d+:\d+\n {2}why: {2}written in the environment\n$/,
    );
  });

  test('names where a value that a topic shares was written', async () => {
    const { stdout } = await run('explain', 'staging', 'topics.shop.public.orders.partitions');
    expect(stdout).toMatch(
      /^topics\["shop\.public\.orders"\]\.partitions: 12\n {2}from: environments\/base\.yaml:2:\d+\n {2}why: {2}written in topicDefaults\.partitions\n$/,
    );
  });

  test('gives the reason of a default and the documentation of an option', async () => {
    const { stdout } = await run('explain', 'local', 'kafka.config.min.insync.replicas');
    expect(stdout).toContain(
      'kafka.config["min.insync.replicas"]: 2\n  from: a default of the kit\n  why:  with acks=all',
    );
    expect(stdout).toContain('KIP-966');
    expect(stdout).toMatch(/^ {2}option: int; allowed: at least 1; /m);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  test("gives Kafka's own default of an option that nobody sets", async () => {
    const { stdout } = await run('explain', 'local', 'kafka.config.log.segment.bytes');
    expect(stdout).toContain('kafka.config["log.segment.bytes"]: 1073741824\n  from: Kafka\'s own default');
  });

  test('lists the values of a section, each with where it comes from', async () => {
    const { stdout } = await run('explain', 'local', 'topics.clicks');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toContainEqual(
      expect.stringMatching(/^topics\.clicks\.retention\.time: 1d \(environments\/local\.yaml:\d+:\d+\)$/),
    );
    expect(lines).toContainEqual('topics.clicks.cleanupPolicy: delete (default)');
    expect(lines).toContainEqual(
      expect.stringMatching(/^topics\.clicks\.config\["compression\.type"\]: zstd \(environments/),
    );
    expect(lines.every((line) => line.startsWith('topics.clicks.'))).toBe(true);
  });

  test('prints one JSON document', async () => {
    const { stdout } = await run('explain', 'local', 'nodes.nodes-0.id', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'explain',
      environment: 'local',
      issues: [],
      result: { target: 'local', values: [{ path: 'nodes.nodes-0.id', value: '0', source: 'derived' }] },
    });
  });
});

describe('kdk diff', () => {
  test('says in words what differs between two environments', async () => {
    const { status, stdout } = await run('diff', 'dev', 'prod');
    expect(status).toBe(0);
    expect(stdout).toContain('nodePools.brokers.replicas: 3 in dev, 6 in prod\n');
    expect(stdout).toContain('topics.orders.partitions: 3 in dev, 48 in prod\n');
    expect(stdout).toContain('principals.acme: only in prod\n');
    expect(stdout).not.toContain('replicationFactor');
  });

  test('compares one environment on two targets', async () => {
    const { status, stdout } = await run('diff', 'prod', '--target', 'local', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).result).toMatchObject({
      left: { environment: 'prod', target: 'msk' },
      right: { environment: 'prod', target: 'local' },
      differences: expect.arrayContaining([{ path: 'nodePools.brokers.replicas', left: '6', right: '3' }]),
    });
  });

  test('finds no difference between an environment and itself', async () => {
    expect(await run('diff', 'dc1', 'dc1')).toMatchObject({
      status: 0,
      stdout: 'dc1 (hosts) and dc1 (hosts) are the same\n',
    });
  });
});
