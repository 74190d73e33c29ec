import { formatArguments } from '../../../lib/core/config';
import type { EnvironmentModel } from '../../../lib/core/model';
import { modelOfFile } from '../../support/environments';

const PATH = '/etc/kafka/server.properties';
const of = (model: EnvironmentModel, name: string): string[] =>
  formatArguments(
    model,
    model.nodes.find((node) => node.name === name)!,
    PATH,
  );

describe('arguments of kafka-storage', () => {
  test('controllers are given every voter with its directory id at the first formation', () => {
    const model = modelOfFile('dc1', undefined, { formation: 'first' });
    const args = of(model, 'c2');
    expect(args.slice(0, -1)).toEqual([
      ...['format', '-t', model.clusterId, '-c', PATH, '-g', '--release-version', '4.3-IV0', '--initial-controllers'],
    ]);
    const voters = args.at(-1)!.split(',');
    expect(voters.map((voter) => voter.split(':', 2).join(':'))).toEqual([
      '0@c1.dc1.example:9093',
      '1@c2.dc1.example:9093',
      '2@c3.dc1.example:9093',
    ]);
    expect(new Set(voters.map((voter) => voter.split(':')[2]))).toEqual(
      new Set(model.nodes.flatMap(({ directoryId }) => directoryId ?? [])),
    );
    expect(of(model, 'c1')).toEqual(args);
  });

  test('controllers of a formed cluster join with a fresh directory id', () => {
    const args = of(modelOfFile('dc1', undefined, { formation: 'formed' }), 'c2');
    expect(args.slice(-1)).toEqual(['--no-initial-controllers']);
    expect(args).not.toContain('--initial-controllers');
  });

  test('brokers are told nothing of the quorum', () => {
    expect(of(modelOfFile('dc1', undefined, { formation: 'first' }), 'b1').slice(-2)).toEqual([
      '--release-version',
      '4.3-IV0',
    ]);
  });
});
