import { parse, stringify } from 'yaml';
import type { Rule } from '../../lib/core/rules';
import type { OpenOptions } from '../../lib/environment/open';
import { codes, MINIMAL, openText } from './environments';

/** Environments that are right, one for each target, for tests that change one thing. */
export const BASES = {
  local: MINIMAL,
  kubernetes: `name: k8s
target: kubernetes
kafka: { version: '4.3' }
nodePools:
  controllers: { roles: [controller], replicas: 3, volumes: [{ size: 20GiB }] }
  brokers: { roles: [broker], replicas: 3, volumes: [{ size: 200GiB }] }
racks: [a, b, c]
listeners:
  internal: { authentication: scram-sha-512 }
targets:
  kubernetes:
    version: '1.34'
    namespace: kafka
    images: { kafka: registry.example.com/kafka:4.3.1 }
`,
  msk: `name: cloud
target: msk
kafka: { version: '4.1' }
nodePools:
  brokers: { roles: [broker], replicas: 3, volumes: [{ size: 100GiB }] }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
listeners:
  internal: { authentication: iam }
aws: { account: '111122223333', region: eu-west-1 }
`,
  express: `name: fast
target: msk
kafka: { version: '3.9' }
nodePools:
  brokers: { roles: [broker], replicas: 3 }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
listeners:
  internal: { authentication: iam }
aws: { account: '111122223333', region: eu-west-1 }
targets: { msk: { brokerType: express, instanceType: express.m7g.large } }
`,
  serverless: `name: none
target: msk-serverless
kafka: { version: '3.9' }
nodePools:
  brokers: { roles: [broker], replicas: 3 }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
listeners:
  internal: { authentication: iam }
aws: { account: '111122223333', region: eu-west-1 }
`,
  ec2: `name: vm
target: ec2
kafka: { version: '4.3' }
nodePools:
  controllers: { roles: [controller], replicas: 3, volumes: [{ size: 20GiB }] }
  brokers: { roles: [broker], replicas: 3, volumes: [{ size: 200GiB }] }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
listeners:
  internal: { authentication: scram-sha-512 }
aws: { account: '111122223333', region: eu-west-1 }
targets: { ec2: { packages: s3://packages/kafka } }
`,
  hosts: `name: iron
target: hosts
kafka: { version: '4.3' }
nodePools:
  controllers: { roles: [controller], replicas: 3 }
  brokers: { roles: [broker], replicas: 3 }
racks: [r1, r2, r3]
listeners:
  internal: { authentication: scram-sha-512 }
targets:
  hosts:
    inventory:
      c1: { address: c1.example, nodePool: controllers, nodeId: 0, rack: r1, logDirs: [/data/1/kafka] }
      c2: { address: c2.example, nodePool: controllers, nodeId: 1, rack: r2, logDirs: [/data/1/kafka] }
      c3: { address: c3.example, nodePool: controllers, nodeId: 2, rack: r3, logDirs: [/data/1/kafka] }
      b1: { address: b1.example, nodePool: brokers, nodeId: 101, rack: r1, logDirs: [/data/1/kafka] }
      b2: { address: b2.example, nodePool: brokers, nodeId: 102, rack: r2, logDirs: [/data/1/kafka] }
      b3: { address: b3.example, nodePool: brokers, nodeId: 103, rack: r3, logDirs: [/data/1/kafka] }
`,
} as const;

export type Base = keyof typeof BASES;

/** A base, what is merged over it (null removes), and `CODE path` of what the family must find; `[]`: it is silent. */
export type RuleCase = readonly [title: string, base: Base, change: string, expected: readonly string[]];

/** `CODE path` of the issues of one family. What no rule can look at, since the file does not fit the schema, throws. */
export function findings(
  rules: readonly Rule[],
  base: Base,
  change: string,
  extra: Omit<OpenOptions, 'path' | 'read'> & { files?: Record<string, string> } = {},
): string[] {
  const yaml = stringify({ extends: './base.yaml', ...(parse(change) as object) });
  const { issues, model } = openText(yaml, { ...extra, files: { 'base.yaml': BASES[base], ...extra.files } });
  if (model === undefined) throw new Error(`the case does not fit the schema: ${codes(issues).join(', ')}`);
  const family = new Set(rules.map(({ code }) => code));
  return codes(issues.filter(({ code }) => family.has(code))).sort();
}

/** Runs a table, and refuses one that leaves a rule of the family unfired. */
export function testRules(
  rules: readonly Rule[],
  cases: readonly RuleCase[],
  firedElsewhere: readonly string[] = [],
): void {
  test.each(cases.filter(([, , , expected]) => expected.length === 0))('is silent: %s', (_title, base, change) => {
    expect(findings(rules, base, change)).toEqual([]);
  });
  test.each(cases.filter(([, , , expected]) => expected.length > 0))(
    'fails or warns: %s',
    (_title, base, change, expected) => {
      expect(findings(rules, base, change)).toEqual([...expected].sort());
    },
  );
  test('has a case that fires for every rule', () => {
    const fired = new Set([
      ...cases.flatMap(([, , , expected]) => expected.map((text) => text.split(' ')[0])),
      ...firedElsewhere,
    ]);
    expect(rules.map(({ code }) => code).filter((code) => !fired.has(code))).toEqual([]);
  });
}
