import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EnvironmentModel } from '../../lib/core/model';
import { deleteLocal, downLocal, localFormation, localState, upLocal } from '../../lib/local';
import { recordState } from '../../lib/local/local-state';
import { changedFiles, writeNodeFiles } from '../../lib/local/node-files';
import { checkDisks } from '../../lib/local/node-folder';
import { beginLog, lastErrors, StageLog } from '../../lib/local/node-log';
import { nodeProcesses } from '../../lib/local/node-processes';
import { MINIMAL, modelOfText } from '../support/environments';

describe('the folder of an environment on this machine', () => {
  let root: string;
  let model: EnvironmentModel;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'kdk-local-')));
    model = modelOfText(MINIMAL, { localRoot: root });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    }
    rmSync(root, { recursive: true, force: true });
  });
  const progress = (): void => undefined;

  function write(path: string, text: string): string {
    const whole = join(root, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
    return whole;
  }
  const meta = (node: string, id: number, cluster = model.clusterId): string =>
    write(`nodes/${node}/data/meta.properties`, `#\nversion=1\nnode.id=${id}\ncluster.id=${cluster}\n`);

  /** A process with the command line of a node, which does nothing. */
  async function pretendNode(name: string): Promise<ChildProcess> {
    const properties = join(root, 'nodes', name, 'config', 'server.properties');
    const child = spawn('sh', ['-c', 'read line', 'java', 'kafka.Kafka', properties], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    children.push(child);
    await once(child, 'spawn');
    return child;
  }

  describe('formation', () => {
    const quorum = (epoch: number): string =>
      write(
        'nodes/nodes-1/data/__cluster_metadata-0/quorum-state',
        `{"leaderId":-1,"leaderEpoch":${epoch},"votedId":-1}`,
      );

    test('is the first one without disks, and after formatting alone', () => {
      expect(localFormation(root)).toBe('first');
      meta('nodes-0', 0);
      quorum(0);
      expect(localFormation(root)).toBe('first');
    });

    test('is done once a controller has seen an election', () => {
      quorum(1);
      expect(localFormation(root)).toBe('formed');
    });
  });

  describe('disks', () => {
    test('pass when they belong to the nodes of the environment', () => {
      meta('nodes-0', 0);
      meta('nodes-1', 1);
      mkdirSync(join(root, 'nodes', 'gone-0', 'data'), { recursive: true });
      expect(() => checkDisks(root, model)).not.toThrow();
    });

    test('fail when they belong to another cluster', () => {
      meta('nodes-0', 0, 'AAAAAAAAAAAAAAAAAAAAAQ');
      expect(() => checkDisks(root, model)).toThrow(expect.objectContaining({ code: 'CLUSTER-ID-DIFFERENT' }));
    });

    test('fail when they belong to another node', () => {
      meta('nodes-0', 100);
      expect(() => checkDisks(root, model)).toThrow(/got node id 100; nodes-0 has 0/);
    });

    test('fail when they belong to a node that is no longer there', () => {
      meta('nodes-3', 3);
      expect(() => checkDisks(root, model)).toThrow(expect.objectContaining({ code: 'NODE-REMOVED' }));
    });
  });

  describe('files', () => {
    const files = [
      { path: 'server.properties', content: 'a=1\n' },
      { path: 'bin/start.sh', content: '#!/bin/sh\n', executable: true },
      { path: 'bin/format.sh', content: '#!/bin/sh\n', executable: true },
    ];

    test('are changed when their text is, when one is new and when one is gone; format.sh does not count', () => {
      writeNodeFiles(root, files);
      expect(changedFiles(root, files)).toEqual([]);
      const [properties, start, format] = files;
      const now = [
        { ...properties!, content: 'a=2\n' },
        { ...format!, content: 'other' },
        { path: 'x.yaml', content: '' },
      ];
      expect(changedFiles(root, now)).toEqual(['bin/start.sh', 'server.properties', 'x.yaml']);
      writeNodeFiles(root, now);
      expect(changedFiles(root, now)).toEqual([]);
      expect(changedFiles(root, [...now, start!])).toEqual(['bin/start.sh']);
    });
  });

  describe('the log', () => {
    const begins = '[2026-11-23 20:42:35,706] INFO [main] Registered signal handlers for TERM, INT, HUP (x.Y)\n';
    const ends = '[2026-11-23 20:43:00,001] INFO [SIGTERM handler] Terminating process due to signal SIGTERM (x.Y)\n';
    const serves = '[2026-11-23 20:42:41,048] INFO [main] [KafkaRaftServer nodeId=0] Kafka Server started (x.Y)\n';

    test('says how far a node is, by what it wrote last', () => {
      const path = join(root, 'server.log');
      const log = new StageLog(path);
      expect(log.stage()).toBeUndefined();
      for (const [text, expected] of [
        [begins, 'starting'],
        [serves.slice(0, 70), 'starting'],
        [serves.slice(70), 'serving'],
        ['x'.repeat(300_000), 'serving'],
        [ends, 'ending'],
        [begins, 'starting'],
        [serves, 'serving'],
      ] as const) {
        appendFileSync(path, text);
        expect(log.stage()).toBe(expected);
        expect(new StageLog(path).stage()).toBe(expected);
      }
    });

    test('does not count what a node wrote before it was started last, unless it was rolled', () => {
      const path = write('server.log', serves + ends);
      expect(new StageLog(path).stage()).toBe('ending');
      beginLog(path);
      const log = new StageLog(path);
      expect(log.stage()).toBeUndefined();
      appendFileSync(path, begins);
      expect(log.stage()).toBe('starting');
      write('server.log', ends);
      expect(new StageLog(path).stage()).toBe('ending');
    });

    test('gives errors with the exceptions behind them, each once, without stacks', () => {
      const path = write(
        'console.log',
        `[2026-11-23 20:50:48,735] WARN [main] nothing (a.B)
[2026-11-23 20:50:48,735] ERROR [main] Encountered fatal fault: caught exception (org.apache.kafka.Fault)
java.lang.RuntimeException: Unable to lock
\tat kafka.Kafka.main(Kafka.scala:87)
Caused by: org.apache.kafka.common.KafkaException: Failed to acquire lock
\t... 3 more
[2026-11-23 20:50:49,000] ERROR [main] Encountered fatal fault: caught exception (org.apache.kafka.Fault)
`,
      );
      expect(lastErrors(path)).toEqual([
        'Encountered fatal fault: caught exception',
        'java.lang.RuntimeException: Unable to lock',
        'Caused by: org.apache.kafka.common.KafkaException: Failed to acquire lock',
      ]);
    });

    test('gives the words of the Java runtime where nothing was logged', () => {
      const path = write(
        'console.log',
        'Unrecognized VM option "x"\nError: Could not create the Java Virtual Machine.\n',
      );
      expect(lastErrors(path)).toEqual([
        'Unrecognized VM option "x"',
        'Error: Could not create the Java Virtual Machine.',
      ]);
    });
  });

  describe('processes', () => {
    test('are nodes by their command line, and nothing else is', async () => {
      const child = await pretendNode('nodes-1');
      const log = join(root, 'nodes', 'nodes-2', 'logs', 'server.log');
      const reader = spawn('sh', ['-c', 'read line', 'tail', log], { stdio: ['pipe', 'ignore', 'ignore'] });
      children.push(reader);
      await once(reader, 'spawn');
      expect([...nodeProcesses(root)]).toEqual([['nodes-1', { node: expect.objectContaining({ pid: child.pid }) }]]);
      expect([...nodeProcesses(`${root}-other`)]).toEqual([]);
    });

    test('are in the state, which needs no environment', async () => {
      expect(localState({ root })).toBeUndefined();
      recordState(root, model, '/kafka');
      const child = await pretendNode('nodes-1');
      const { ports } = model.nodes[0]!;
      expect(localState({ root })).toMatchObject({
        environment: 'mini',
        formation: 'first',
        bootstrapServers: { internal: model.nodes.map((node) => `127.0.0.1:${node.ports.INTERNAL}`).join(',') },
        nodes: [{ name: 'nodes-0', ports }, { name: 'nodes-1', pid: child.pid }, { name: 'nodes-2' }],
      });
    });

    test('end with down, which removes nothing; the data goes only when asked for', async () => {
      recordState(root, model, '/kafka');
      const child = await pretendNode('nodes-0');
      await expect(deleteLocal({ root, progress })).rejects.toMatchObject({ code: 'NODES-RUNNING' });
      expect(await downLocal({ root, progress })).toEqual([{ name: 'nodes-0', how: 'ended' }]);
      expect(child.signalCode ?? (await once(child, 'exit'))[1]).toBe('SIGTERM');
      expect(await downLocal({ root, progress })).toEqual([]);
      expect(localState({ root })).toBeDefined();
      await deleteLocal({ root, progress });
      expect(localState({ root })).toBeUndefined();
    });
  });

  describe('up', () => {
    test('fails when a node runs with other files, and names them', async () => {
      await pretendNode('nodes-1');
      await expect(upLocal(model, { root, progress })).rejects.toMatchObject({
        code: 'CONFIG-CHANGED',
        message: expect.stringContaining('nodes/nodes-1/config/server.properties'),
        hint: expect.stringContaining('kdk down'),
      });
    });

    test('fails when a port is taken, before anything is assembled or written', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      const text = `${MINIMAL}targets: { local: { ports: { first: ${port - 4} } } }\n`;
      try {
        const taken = upLocal(modelOfText(text, { localRoot: root }), { root, progress });
        await expect(taken).rejects.toMatchObject({
          code: 'PORT-TAKEN',
          message: expect.stringContaining(`${port} (`),
        });
        expect(localState({ root })).toBeUndefined();
      } finally {
        server.close();
      }
    });

    test('fails when the folder cannot be written', async () => {
      const file = write('file', '');
      const inFile = modelOfText(MINIMAL, { localRoot: file });
      await expect(upLocal(inFile, { root: file, progress })).rejects.toMatchObject({ code: 'LOCAL-FOLDER-READ-ONLY' });
    });

    test('fails when the state is not what the kit writes', () => {
      write('state.json', '{');
      expect(() => localState({ root })).toThrow(expect.objectContaining({ code: 'LOCAL-STATE-UNREADABLE' }));
    });
  });
});
