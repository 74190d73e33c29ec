import type { ConnectWorkersPort } from '../../lib/admin/port';

export interface ContractSubject {
  readonly port: ConnectWorkersPort;
  readonly sourceClass: string;
  readonly sinkClass: string;
  /** Options with which a source, or a sink, of this class works. */
  readonly source: Readonly<Record<string, string>>;
  readonly sink: Readonly<Record<string, string>>;
  /** Options with which a sink fails when it starts, what its failure says, and how the cause is removed. */
  readonly broken: Readonly<Record<string, string>>;
  readonly reason: string;
  repair(): void;
}

/** What every adapter of the port does, with the connectors that read and write files. */
export function describeConnectWorkersPort(subject: () => ContractSubject): void {
  const source = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    'connector.class': subject().sourceClass,
    'tasks.max': '1',
    ...subject().source,
    ...more,
  });
  const sink = (options: Readonly<Record<string, string>>): Record<string, string> => ({
    'connector.class': subject().sinkClass,
    'tasks.max': '1',
    ...options,
  });
  const seen = async (name: string) => (await subject().port.connectors()).get(name);

  test('describes its workers and their plugins', async () => {
    const { port, sourceClass, sinkClass } = subject();
    expect(await port.workers()).toEqual([
      { url: expect.any(String), version: expect.stringMatching(/^\d+\.\d+\.\d+/), kafkaClusterId: expect.any(String) },
    ]);
    expect(await port.plugins()).toEqual(
      expect.arrayContaining([
        { className: sourceClass, type: 'source', version: expect.any(String) },
        { className: sinkClass, type: 'sink', version: expect.any(String) },
      ]),
    );
  });

  test('finds nothing wrong with a good configuration', async () => {
    expect(await subject().port.validate({ name: 'contract', config: source() })).toEqual([]);
  });

  test('finds every option that is wrong, at once, and creates nothing', async () => {
    const { topic: _, ...config } = source({ 'tasks.max': 'many' });
    const problems = await subject().port.validate({ name: 'contract', config });
    expect(problems.map(({ level, option }) => `${level} ${option}`).sort()).toEqual([
      'error tasks.max',
      'error topic',
    ]);
    expect(problems.find(({ option }) => option === 'topic')!.message).toBe(
      'Missing required configuration "topic" which has no default value.',
    );
    expect(await seen('contract')).toBeUndefined();
  });

  test('finds a class that no plugin has, and names the one that was meant', async () => {
    const { port, sourceClass } = subject();
    const config = source({ 'connector.class': sourceClass.replace('Source', 'Sorce') });
    expect(await port.validate({ name: 'contract', config })).toEqual([
      {
        level: 'error',
        option: 'connector.class',
        message: expect.stringContaining(sourceClass),
        hint: expect.stringContaining(`Did you mean ${sourceClass}?`),
      },
    ]);
  });

  test('fails to create what is not valid, in words that name the option', async () => {
    const { topic: _, ...config } = source();
    const { port, sourceClass } = subject();
    await expect(port.put({ name: 'contract', config, state: 'running' })).rejects.toMatchObject({
      code: 'CONNECTOR-CONFIG',
      status: 1,
      message: expect.stringContaining('Missing required configuration "topic"'),
    });
    const unknown = source({ 'connector.class': `${sourceClass}X` });
    await expect(port.put({ name: 'contract', config: unknown, state: 'running' })).rejects.toMatchObject({
      code: 'CONNECTOR-CONFIG',
      message: expect.stringContaining(`${sourceClass}X`),
    });
    expect(await seen('contract')).toBeUndefined();
  });

  test('creates a connector that stands still, and starts, pauses and stops it', async () => {
    const { port } = subject();
    await port.put({ name: 'contract', config: source(), state: 'stopped' });
    expect(await seen('contract')).toEqual({ name: 'contract', config: source(), state: 'stopped', tasks: [] });
    await port.setState('contract', 'running');
    expect(await seen('contract')).toMatchObject({ state: 'running', tasks: [{ id: 0, state: 'running' }] });
    await port.setState('contract', 'paused');
    expect(await seen('contract')).toMatchObject({ state: 'paused', tasks: [{ id: 0, state: 'paused' }] });
    await port.setState('contract', 'stopped');
    expect(await seen('contract')).toMatchObject({ state: 'stopped', tasks: [] });
  });

  test('changes configuration and state in one', async () => {
    const config = source({ 'batch.size': '100' });
    await subject().port.put({ name: 'contract', config, state: 'running' });
    expect(await seen('contract')).toMatchObject({ config, state: 'running', tasks: [{ state: 'running' }] });
  });

  test('does the same twice', async () => {
    const config = source({ 'batch.size': '100' });
    await subject().port.put({ name: 'contract', config, state: 'running' });
    await subject().port.setState('contract', 'running');
    expect(await seen('contract')).toMatchObject({ config, state: 'running' });
  });

  test('fails where a task fails, and restarts it when the cause is gone', async () => {
    const { port, broken, reason, repair } = subject();
    const failing = port.put({ name: 'contract-broken', config: sink(broken), state: 'running' });
    await expect(failing).rejects.toMatchObject({
      code: 'CONNECTOR-FAILED',
      status: 1,
      message: expect.stringMatching(
        new RegExp(`contract-broken does not run, got task 0 failed on worker .*${reason}`),
      ),
    });
    expect(await seen('contract-broken')).toMatchObject({
      state: 'running',
      tasks: [{ id: 0, state: 'failed', trace: expect.stringContaining(reason) }],
    });
    await expect(port.restart('contract-broken')).rejects.toMatchObject({ code: 'CONNECTOR-FAILED' });
    repair();
    await port.restart('contract-broken');
    expect(await seen('contract-broken')).toMatchObject({ state: 'running', tasks: [{ id: 0, state: 'running' }] });
    await port.delete('contract-broken');
  });

  test('sets and forgets offsets of a connector that is stopped, and fails for one that runs', async () => {
    const { port } = subject();
    await expect(port.resetOffsets('contract')).rejects.toMatchObject({
      code: 'CONNECT-REFUSED',
      message: expect.stringContaining('must be in the STOPPED state'),
    });
    await port.setState('contract', 'stopped');
    const offset = { partition: { filename: subject().source['file']! }, offset: { position: 3 } };
    await port.setOffsets('contract', [offset]);
    expect(await port.offsets('contract')).toEqual([offset]);
    await port.resetOffsets('contract');
    expect(await port.offsets('contract')).toEqual([]);
  });

  test('deletes a connector, and what is not there too', async () => {
    const { port } = subject();
    await port.delete('contract');
    await port.delete('contract');
    expect(await seen('contract')).toBeUndefined();
  });

  test('fails for connectors that are not there', async () => {
    const { port } = subject();
    const unknown = { code: 'CONNECTOR-UNKNOWN', status: 1 };
    await expect(port.setState('nobody', 'paused')).rejects.toMatchObject(unknown);
    await expect(port.restart('nobody')).rejects.toMatchObject(unknown);
    await expect(port.offsets('nobody')).rejects.toMatchObject(unknown);
  });
}
