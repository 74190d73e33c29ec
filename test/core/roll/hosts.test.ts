import { clockSkews, downgradeObstacle, hostDue, isRunning, parseHostState } from '../../../lib/core/roll';
import { kafkaRelease } from '../../../lib/core/versions';

const STATE = `environment=dc1
name=b1
node=101
cluster=wYpUzGSsYSzxcRgvqg8LFg
service=active
since=Fri 2026-11-27 02:20:52 UTC
invocation=0f1e
restarts=0
has=aaa server.properties
has=bbb certificate authority
has=4.3.1 Kafka
with=0f1e invocation
with=aaa server.properties
with=ccc certificate authority
with=4.2.0 Kafka
due=certificate authority changed
due=Kafka 4.2.0 -> 4.3.1
certificate-ends=1800000000
clock=1795746052
`;

describe('the state of a host', () => {
  test('is read from its lines', () => {
    const state = parseHostState(STATE)!;
    expect(state).toMatchObject({ environment: 'dc1', name: 'b1', nodeId: 101, invocation: '0f1e', said: [] });
    expect(state).toMatchObject({ certificateEnds: 1_800_000_000, clock: 1_795_746_052 });
    expect(state.due).toEqual(['certificate authority changed', 'Kafka 4.2.0 -> 4.3.1']);
    expect(state.startedWith.get('certificate authority')).toBe('ccc');
    expect(state.installed.get('Kafka')).toBe('4.3.1');
    expect(isRunning(state)).toBe(true);
  });

  test('is not known from other lines', () => {
    expect(parseHostState('sh: 1: /etc/kafka/bin/state.sh: not found\n')).toBeUndefined();
  });

  test('a service that ends again and again does not run, and its last words come without empty ones', () => {
    const state = parseHostState(STATE.replace('service=active', 'service=failing\nsaid=format: refused\nsaid='))!;
    expect([isRunning(state), state.said]).toEqual([false, ['format: refused']]);
  });

  test('says why a node would be due once other files lie there', () => {
    const state = parseHostState(STATE)!;
    const files = new Map([
      ['server.properties', 'ddd'],
      ['jvm.options', 'eee'],
      ['Kafka', '4.2.0'],
    ]);
    const next = { files, properties: 'num.io.threads=8\nbackground.threads=12' };
    expect(hostDue(['num.io.threads'], state)).toEqual({ due: 'certificate authority changed, Kafka 4.2.0 -> 4.3.1' });
    expect(hostDue(['num.io.threads'], state, next)).toEqual({
      due: 'server.properties changed, certificate authority changed, jvm.options is new',
    });
    const known = { ...state, before: 'num.io.threads=8\nbackground.threads=10' };
    expect(hostDue(['num.io.threads'], known, next).due).toMatch(
      /^background\.threads in server\.properties changed, cert/,
    );
    expect(hostDue(['num.io.threads'], { ...state, service: 'failed' }, next)).toEqual({});
    const unknown = { ...state, startedWith: new Map<string, string>() };
    expect(hostDue(['num.io.threads'], unknown, next)).toEqual({ due: 'what it was started with is not known' });
  });
});

describe('clocks of hosts', () => {
  const reading = (host: string, said: number, took = 0.2) => ({ host, askedAt: 1000, answeredAt: 1000 + took, said });

  test('that agree are no trouble, however long an answer took', () => {
    expect(clockSkews([reading('b1', 1000), reading('b2', 1003), reading('b3', 1015, 30)])).toEqual([]);
    expect(clockSkews([])).toEqual([]);
  });

  test('the one that is off is named with its seconds', () => {
    const skews = clockSkews([reading('b1', 1000), reading('b2', 1000), reading('b3', 940)]);
    expect(skews).toEqual([{ host: 'b3', seconds: -60 }]);
  });

  test('where all hosts agree against this machine, this machine is named', () => {
    const skews = clockSkews([reading('b1', 1090), reading('b2', 1090), reading('b3', 1091)]);
    expect(skews).toEqual([{ host: 'this machine', seconds: -90 }]);
  });
});

describe('an older Kafka in a newer cluster', () => {
  const obstacle = (level: number, version: string) =>
    downgradeObstacle([{ name: 'metadata.version', level }], kafkaRelease(version)!);

  test('is fine while its metadata.version is in force', () => {
    expect(obstacle(29, '4.2')).toBeUndefined();
    expect(obstacle(29, '4.3')).toBeUndefined();
  });

  test('is refused behind a level that changed records, for ever', () => {
    expect(obstacle(30, '4.2')).toEqual({
      feature: 'metadata.version',
      found: '4.3-IV0',
      known: '4.2-IV1',
      reversible: false,
    });
  });

  test('is refused behind another level until that is lowered', () => {
    expect(obstacle(29, '4.1')).toMatchObject({ found: '4.2-IV1', known: '4.1-IV1', reversible: true });
  });
});
