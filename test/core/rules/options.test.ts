import { formatIssue, type Issue } from '../../../lib/core/issue';
import type { TargetName } from '../../../lib/core/spec';
import { check, OPTION_RULES } from '../../../lib/core/rules';
import { modelOfText, openText } from '../../support/environments';

interface Written {
  readonly brokers?: string;
  readonly pool?: string;
  readonly topic?: string;
  readonly defaults?: string;
  readonly workers?: string;
  readonly version?: string;
  readonly target?: TargetName;
  readonly brokerType?: 'standard' | 'express';
}

/** What the family says of an environment with these options, each as YAML in braces. */
function optionIssues(written: Written): Issue[] {
  const { target = 'local', version = '4.3', brokerType = 'standard' } = written;
  const service = target.startsWith('msk');
  const yaml = `name: mini
target: ${target}
kafka: { version: '${version}', config: ${written.brokers ?? '{}'} }
nodePools:
  nodes: { roles: ${service ? '[broker]' : '[broker, controller]'}, replicas: 3, config: ${written.pool ?? '{}'} }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
listeners:
  internal: { authentication: ${service ? 'iam' : 'none'} }
topicDefaults: { config: ${written.defaults ?? '{}'} }
topics:
  orders: { config: ${written.topic ?? '{}'} }
connect: { config: ${written.workers ?? '{}'} }
aws: { account: '111122223333', region: eu-west-1 }
targets:
  msk: { brokerType: ${brokerType} }
`;
  return openText(yaml).issues.filter(({ code }) => code.startsWith('OPTION-'));
}

/** `CODE path hint`, as far as a table needs it. */
const short = (issue: Issue): string => `${issue.code} ${issue.path} ${issue.hint}`;

describe('options that are right', () => {
  it.each<[string, Written]>([
    ['a broker option', { brokers: '{ num.io.threads: 16, log.cleanup.policy: "delete,compact" }' }],
    ['an option of a node pool', { pool: '{ num.network.threads: 4 }' }],
    ['a topic option', { topic: '{ compression.type: zstd, segment.bytes: 1048576 }', defaults: '{ segment.ms: 1 }' }],
    ['tuning of the quorum', { brokers: '{ controller.quorum.fetch.timeout.ms: 3000 }' }],
    ['validation of tokens', { brokers: '{ sasl.oauthbearer.expected.issuer: "https://issuer.example" }' }],
    ['the options of a plugin', { brokers: '{ rsm.config.chunk.size: 4194304, config.providers.env.class: a.B }' }],
    ['a secret by reference', { brokers: '{ delegation.token.secret.key: "${file:/run/secrets/kafka:token}" }' }],
    [
      'options of workers, of their clients and of their converters',
      { workers: '{ offset.flush.interval.ms: 5000, producer.linger.ms: 50, value.converter.schemas.enable: false }' },
    ],
    ['a large number in quotes', { brokers: '{ log.flush.interval.messages: "9223372036854775807" }' }],
    [
      'an access option of MSK',
      { target: 'msk', version: '4.1', brokers: '{ allow.everyone.if.no.acl.found: false }' },
    ],
    [
      'a topic option of Serverless',
      { target: 'msk-serverless', version: '3.9', topic: '{ message.timestamp.difference.max.ms: 5 }' },
    ],
  ])('have no issue: %s', (_what, written) => {
    expect(optionIssues(written).map(formatIssue)).toEqual([]);
  });
});

describe('options that are wrong', () => {
  it.each<[Written, string]>([
    [{ brokers: '{ num.io.thread: 8 }' }, 'OPTION-UNKNOWN kafka.config["num.io.thread"] Did you mean num.io.threads?'],
    [
      { brokers: '{ retention.ms: 8 }' },
      'OPTION-UNKNOWN kafka.config["retention.ms"] On brokers it is called log.retention.ms.',
    ],
    [
      { topic: '{ log.retention.ms: 8 }' },
      'OPTION-UNKNOWN topics.orders.config["log.retention.ms"] Use the key retention.time beside config.',
    ],
    [
      { topic: '{ log.retention.hours: 8 }' },
      'OPTION-UNKNOWN topics.orders.config["log.retention.hours"] Use the key retention.time beside config.',
    ],
    [
      { topic: '{ log.segment.bytes: 8 }' },
      'OPTION-UNKNOWN topics.orders.config["log.segment.bytes"] On topics it is called segment.bytes.',
    ],
    [
      { topic: '{ num.io.threads: 8 }' },
      'OPTION-UNKNOWN topics.orders.config["num.io.threads"] Write it below kafka.config.',
    ],
    [
      { defaults: '{ max.mesage.bytes: 8 }' },
      'OPTION-UNKNOWN topicDefaults.config["max.mesage.bytes"] Did you mean max.message.bytes?',
    ],
    [{ brokers: '{ a.b.c: 8 }' }, 'OPTION-UNKNOWN kafka.config["a.b.c"] Take it out.'],
    [{ pool: '{ num.io.threads: many }' }, 'OPTION-VALUE nodePools.nodes.config["num.io.threads"] Correct the value.'],
    [{ topic: '{ segment.bytes: 100 }' }, 'OPTION-VALUE topics.orders.config["segment.bytes"] Correct the value.'],
    [
      { brokers: '{ log.flush.interval.messages: 9223372036854775807 }' },
      'OPTION-VALUE kafka.config["log.flush.interval.messages"] Put it in quotes: YAML keeps only about 16 digits of a plain number.',
    ],
    [
      { brokers: '{ log.retention.bytes: 90071992547409930 }' },
      'OPTION-VALUE kafka.config["log.retention.bytes"] Put it in quotes.',
    ],
    [
      { workers: '{ offset.flush.interval: 5000 }' },
      'OPTION-UNKNOWN connect.config["offset.flush.interval"] Did you mean offset.flush.interval.ms?',
    ],
    [
      { workers: '{ exactly.once.source.support: maybe }' },
      'OPTION-VALUE connect.config["exactly.once.source.support"] Correct the value.',
    ],
    [
      { workers: '{ consumer.security.protocol: SSL }' },
      'OPTION-OWNED connect.config["consumer.security.protocol"] Use connect.listener; protocol, mechanism and credentials follow from it.',
    ],
    [
      { brokers: '{ process.roles: broker }' },
      'OPTION-OWNED kafka.config["process.roles"] Use nodePools.<pool>.roles.',
    ],
    [
      { pool: '{ listener.name.internal.ssl.client.auth: required }' },
      'OPTION-OWNED nodePools.nodes.config["listener.name.internal.ssl.client.auth"] Describe the listener under listeners; its addresses, ports, protocol and mechanism follow from it.',
    ],
    [
      { topic: '{ cleanup.policy: compact }' },
      'OPTION-OWNED topics.orders.config["cleanup.policy"] Use the key cleanupPolicy beside config.',
    ],
    [
      { defaults: '{ min.insync.replicas: 1 }' },
      'OPTION-OWNED topicDefaults.config["min.insync.replicas"] Use the key minInSyncReplicas beside config.',
    ],
    [
      { brokers: '{ zookeeper.connect: z }' },
      'OPTION-REMOVED kafka.config["zookeeper.connect"] Leave it out; Kafka keeps its metadata itself (KRaft), there is no ZooKeeper.',
    ],
    [
      { brokers: '{ advertised.host.name: z }' },
      'OPTION-REMOVED kafka.config["advertised.host.name"] Describe the listener under listeners.',
    ],
    [
      { topic: '{ message.timestamp.difference.max.ms: 1 }' },
      'OPTION-REMOVED topics.orders.config["message.timestamp.difference.max.ms"] Use message.timestamp.before.max.ms and message.timestamp.after.max.ms (KIP-937).',
    ],
    [
      { brokers: '{ cordoned.log.dirs: /data }', version: '4.1' },
      'OPTION-TOO-NEW kafka.config["cordoned.log.dirs"] Leave it out, or use Kafka 4.3 or later.',
    ],
    [
      { brokers: '{ delegation.token.secret.key: hunter2 }' },
      'OPTION-SECRET kafka.config["delegation.token.secret.key"] Take the value out, and replace it where it is used: it has been in the file.',
    ],
    [
      { target: 'msk', version: '4.1', brokers: '{ custom.advertised.listeners: x }' },
      'OPTION-OWNED kafka.config["custom.advertised.listeners"] Leave it out; names of your own for brokers are refused for now. Clients of other VPCs use sharedWith and a VPC connection.',
    ],
    [
      { target: 'msk', version: '4.1', brokers: '{ log.cleaner.threads: 2 }' },
      'OPTION-NOT-SETTABLE kafka.config["log.cleaner.threads"] Take it out, or say it for other targets under their override.',
    ],
    [
      { target: 'msk', version: '4.1', brokers: '{ replica.lag.time.max.ms: 40000 }' },
      'OPTION-NOT-SETTABLE kafka.config["replica.lag.time.max.ms"] Correct the value, or say another one for this target under its override.',
    ],
    [
      { target: 'msk', version: '4.1', pool: '{ num.io.threads: 16 }' },
      'OPTION-NOT-SETTABLE nodePools.nodes.config["num.io.threads"] Write it below kafka.config.',
    ],
    [
      { target: 'msk', version: '4.2', brokerType: 'express', brokers: '{ num.io.threads: 16 }' },
      'OPTION-NOT-SETTABLE kafka.config["num.io.threads"] Take it out, or say it for other targets under their override.',
    ],
    [
      { target: 'msk', version: '4.2', brokerType: 'express', topic: '{ segment.bytes: 1048576 }' },
      'OPTION-NOT-SETTABLE topics.orders.config["segment.bytes"] Leave it out on this target.',
    ],
    [
      { target: 'msk-serverless', version: '3.9', brokers: '{ num.io.threads: 16 }' },
      'OPTION-NOT-SETTABLE kafka.config["num.io.threads"] Leave it out; the service sets the options of its brokers.',
    ],
    [
      { target: 'msk-serverless', version: '3.9', topic: '{ max.message.bytes: 8388609 }' },
      'OPTION-NOT-SETTABLE topics.orders.config["max.message.bytes"] Correct the value, or say another one for this target under its override.',
    ],
  ])('fails: %j', (written, expected) => {
    expect(optionIssues(written).map(short)).toEqual([expected]);
  });

  it('fails without repeating a secret', () => {
    const issues = optionIssues({ brokers: '{ delegation.token.secret.key: hunter2 }' });
    expect(issues.map(formatIssue).join('\n')).not.toContain('hunter2');
  });

  it('fails as a warning where a plugin may know the option', () => {
    const brokers = '{ metric.reporters: com.example.Reporter, com.example.interval: 5, num.io.thread: 8 }';
    expect(optionIssues({ brokers }).map(({ code, level, path }) => [code, level, path])).toEqual([
      ['OPTION-UNKNOWN', 'warning', 'kafka.config["com.example.interval"]'],
      ['OPTION-UNKNOWN', 'error', 'kafka.config["num.io.thread"]'],
    ]);
  });

  it('fails at the line of the option, with what is wrong and what is allowed', () => {
    const [issue] = optionIssues({ topic: '{ compression.type: ZSTD }' });
    expect(issue?.message).toBe(
      'the value of compression.type is not a known value, got ZSTD; uncompressed, zstd, lz4, snappy, gzip, producer are allowed.',
    );
    expect(issue?.at).toMatchObject({ line: 11 });
  });
});

describe('the options of many topics', () => {
  it('are checked in a small part of a second', () => {
    const model = modelOfText(
      "name: mini\ntarget: local\nkafka: { version: '4.3' }\nnodePools:\n  nodes: { roles: [broker, controller], replicas: 3 }\nlisteners:\n  internal: { authentication: none }\n",
    );
    const topics = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [
        `topic-${i}`,
        { config: { 'compression.type': 'zstd', 'segment.bytes': 2 ** 20 + (i % 100), 'max.message.bytes': 1000 + i } },
      ]),
    );
    const started = performance.now();
    expect(check({ ...model, spec: { ...model.spec, topics } }, OPTION_RULES)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1000); // some 20 ms on an idle machine
  });
});
