import { renderDay2 } from '../../charts/render-day2';
import { lockEntry } from '../../lib/core/lock';
import { formatLock, withTarget } from '../../lib/core/lock';
import type { EnvironmentModel } from '../../lib/core/model';
import { modelOfText, openText } from '../support/environments';
import { kubernetesText, type KubernetesText } from '../support/manifests';

const TOOLS = "images: { kafka: 'registry.example/kafka:4.3.1', tools: 'registry.example/tools:1' }";
const pools = (controllers: number, brokers: number, volumes = '[{ size: 10GiB }]'): string =>
  `{ controllers: { roles: [controller], replicas: ${controllers}, volumes: [{ size: 1GiB }] }, brokers: { roles: [broker], replicas: ${brokers}, volumes: ${volumes} } }`;

/** An environment with the tools, as text. */
const text = (options: KubernetesText = {}): string =>
  kubernetesText(options).replace("images: { kafka: 'registry.example/kafka:4.3.1' }", TOOLS);

/** What is rendered for the day on which the one becomes the other. */
function day2(from: string, to: string): Record<string, string> {
  const before = lockEntry(modelOfText(from), true);
  const lock = formatLock(withTarget(undefined, 'small', 'kubernetes', before));
  // What is refused is acknowledged in life; here the model alone matters.
  const model = openText(to, { files: { 'test.lock.json': lock } }).model as EnvironmentModel;
  return Object.fromEntries(
    renderDay2(model, { before, since: 'the lock' }).map(({ path, content }) => [path, content]),
  );
}

const commands = (runbook: string): string[] =>
  [...runbook.split('# What is due one day')[0]!.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    block!.trim().split('\n'),
  );

describe('the runbook', () => {
  test('of nothing that differs is an apply and a roll, with what is due one day', () => {
    const files = day2(text(), text());
    expect(Object.keys(files)).toEqual(['runbook.md', 'roll.sh', 'restore-quorum.sh', 'restore-quorum.yaml']);
    expect(commands(files['runbook.md']!)).toEqual(['kubectl apply -f "$MANIFESTS"', './roll.sh']);
    for (const title of ['a certificate was renewed', 'the authority changes', 'a controller has lost its disk'])
      expect(files['runbook.md']).toContain(`## When ${title}`);
  });

  test('of fewer brokers empties them, takes their pods away and forgets them, in this order', () => {
    const files = day2(text({ pools: pools(3, 5) }), text({ pools: pools(3, 3) }));
    const lines = commands(files['runbook.md']!).filter((line) => /apply|scale|wait --for=delete/.test(line));
    expect(lines).toEqual([
      'kubectl apply -f job-evacuate.yaml',
      'kubectl -n kafka scale statefulset/small-brokers --replicas=3',
      'kubectl -n kafka wait --for=delete pod/small-brokers-104 pod/small-brokers-103 --timeout=15m',
      'kubectl apply -f job-unregister.yaml',
      'kubectl apply -f "$MANIFESTS"',
    ]);
    expect(files['job-evacuate.yaml']).toMatch(/- evacuate\n\s+- --brokers\n\s+- 104,103\n/);
    expect(files['job-unregister.yaml']).toMatch(/- unregister\n\s+- --brokers\n\s+- 104,103\n/);
    expect(files['runbook.md']).toContain('delete pvc data-0-small-brokers-104');
  });

  test('of fewer controllers shuts each down before it is taken out, one by one', () => {
    const files = day2(text({ pools: pools(5, 3) }), text({ pools: pools(3, 3) }));
    const lines = commands(files['runbook.md']!).filter((line) => /apply -f job|scale/.test(line));
    expect(lines).toEqual([
      'kubectl -n kafka scale statefulset/small-controllers --replicas=4',
      'kubectl apply -f job-remove-controller-4.yaml',
      'kubectl -n kafka scale statefulset/small-controllers --replicas=3',
      'kubectl apply -f job-remove-controller-3.yaml',
    ]);
  });

  test('of more controllers waits for each to vote', () => {
    const { 'runbook.md': runbook } = day2(text({ pools: pools(3, 3) }), text({ pools: pools(5, 4) }));
    expect(commands(runbook!)).toContain(
      'kubectl -n kafka wait --for=condition=Ready pod/small-controllers-3 pod/small-controllers-4 --timeout=30m',
    );
    expect(commands(runbook!)).toContain(
      'kubectl -n kafka wait --for=condition=Ready pod/small-brokers-103 --timeout=6h',
    );
  });

  test('of larger disks grows every claim and makes the StatefulSet anew around its pods', () => {
    const files = day2(text(), text({ pools: pools(3, 3, '[{ size: 20GiB }]') }));
    const lines = commands(files['runbook.md']!);
    expect(lines).toContain(
      `for claim in data-0-small-brokers-100 data-0-small-brokers-101 data-0-small-brokers-102; do kubectl -n kafka patch pvc "$claim" -p '{"spec":{"resources":{"requests":{"storage":"20Gi"}}}}'; done`,
    );
    expect(lines.indexOf('kubectl -n kafka delete statefulset small-brokers --cascade=orphan')).toBe(
      lines.indexOf('kubectl apply -f "$MANIFESTS"') - 1,
    );
  });

  test('of a volume more makes the StatefulSet anew and rolls', () => {
    const one = text({ pools: pools(3, 3, '[{ size: 10GiB }]') });
    const { 'runbook.md': runbook } = day2(one, text({ pools: pools(3, 3, '[{ size: 10GiB }, { size: 10GiB }]') }));
    expect(commands(runbook!).slice(-3)).toEqual([
      'kubectl -n kafka delete statefulset small-brokers --cascade=orphan',
      'kubectl apply -f "$MANIFESTS"',
      './roll.sh',
    ]);
  });

  test('of a newer Kafka finalises its features in a step of its own', () => {
    const files = day2(text().replace("'4.3'", "'4.2'"), text());
    expect(files['runbook.md']).toMatch(/## 1\. Run Kafka 4\.3 instead of 4\.2[\s\S]*## 2\. Finalise the features/);
    expect(files['job-features.yaml']).toMatch(/- upgrade-features\n\s+- --release\n\s+- "?4\.3"?\n/);
  });

  test('of listeners is a pair of rolls', () => {
    const plain = '{ plain: { authentication: none } }';
    const both = '{ plain: { authentication: none }, secured: { authentication: scram-sha-512, port: 9094 } }';
    const secured = '{ secured: { authentication: scram-sha-512, port: 9094 } }';
    const first = day2(text({ listeners: plain }), text({ listeners: both }))['runbook.md']!;
    expect(first).toContain('First roll: open secured');
    expect(first).toContain('The authorizer comes into force with this roll');
    expect(first).toContain('Clients of plain are refused from then on.');
    const spared = day2(
      text({ listeners: plain }),
      text({ listeners: both.replace('none }', 'none, access: unrestricted }') }),
    );
    expect(spared['runbook.md']).toContain('Clients of plain may do everything as before (access: unrestricted)');
    expect(() => day2(text({ listeners: plain }), text({ listeners: secured }))).toThrow(
      /a listener opens and another closes in one rendering, got secured to open and plain to close/,
    );
    const second = day2(text({ listeners: both }), text({ listeners: secured }))['runbook.md']!;
    expect(second).toContain('Second roll: close plain');
    expect(second).not.toContain('authorizer comes into force');
  });

  test('of exactly-once sources is a pair of rolls, or a stop of all workers', () => {
    const of = (support: string): string =>
      text({ more: `connect: { config: { exactly.once.source.support: ${support} } }` });
    const first = day2(of('disabled'), of('preparing'))['runbook.md']!;
    expect(first).toContain('First roll: prepare exactly-once sources of statefulset/small-connect');
    const second = day2(of('preparing'), of('enabled'))['runbook.md']!;
    expect(second).toContain('Second roll: enable exactly-once sources of statefulset/small-connect');
    expect(commands(day2(of('disabled'), of('enabled'))['runbook.md']!).slice(1)).toEqual([
      'kubectl -n kafka scale statefulset/small-connect --replicas=0',
      "kubectl -n kafka wait --for=jsonpath='{.status.replicas}'=0 statefulset/small-connect --timeout=10m",
      'kubectl apply -f "$MANIFESTS"',
      'kubectl -n kafka scale statefulset/small-connect --replicas=2',
      'kubectl -n kafka rollout status statefulset/small-connect --timeout=30m',
    ]);
    expect(commands(day2(of('enabled'), of('enabled'))['runbook.md']!)).toHaveLength(2);
  });

  test('names commands where there is no image with the tools', () => {
    const without = (brokers: number): string => kubernetesText({ pools: pools(3, brokers) });
    const { 'runbook.md': runbook, ...rest } = day2(without(4), without(3));
    expect(Object.keys(rest)).toEqual(['roll.sh', 'restore-quorum.sh', 'restore-quorum.yaml']);
    expect(runbook).toContain('kdk evacuate --brokers 103 --throttle 50MiB/s --command-config admin.properties');
  });

  test('fails where a controller is added to a cluster that may not have been formed', () => {
    const before = lockEntry(modelOfText(text()));
    const model = modelOfText(text({ pools: pools(5, 3) }));
    expect(() => renderDay2(model, { before, since: 'the lock' })).toThrow(
      /the lock does not say that the cluster was formed/,
    );
  });

  test('of another pool in place of one makes the new one first, and deletes the old StatefulSet last', () => {
    const other = pools(3, 3)
      .replace(
        ' brokers:',
        ' large: { roles: [broker], replicas: 3, volumes: [{ size: 20GiB }], nodeIds: { start: 200 } } } #',
      )
      .split('#')[0]!
      .trim();
    const lines = commands(day2(text(), text({ pools: other }))['runbook.md']!).filter(
      (line) => !/job|claim|pvc/.test(line),
    );
    expect(lines).toEqual([
      './roll.sh --dry-run # says where it is not',
      'kubectl apply -f "$MANIFESTS"',
      'kubectl -n kafka wait --for=condition=Ready pod/small-large-200 pod/small-large-201 pod/small-large-202 --timeout=6h',
      'kubectl -n kafka scale statefulset/small-brokers --replicas=0',
      'kubectl -n kafka wait --for=delete pod/small-brokers-102 pod/small-brokers-101 pod/small-brokers-100 --timeout=15m',
      'kubectl apply -f "$MANIFESTS"',
      'kubectl -n kafka delete statefulset small-brokers',
    ]);
  });

  test('fails where nodes go and something else changes in the same rendering', () => {
    const grown = text({ pools: pools(3, 3, '[{ size: 20GiB }]') });
    expect(() => day2(text({ pools: pools(3, 5) }), grown)).toThrow(
      /nodes go, and something else changes with them.*disks/,
    );
  });

  test('fails where a node is to go that is not the last of its StatefulSet', () => {
    const before = lockEntry(modelOfText(text({ pools: pools(3, 3) })), true);
    const shifted = pools(3, 3).replace('brokers: {', 'brokers: { nodeIds: { start: 101 },');
    const model = openText(text({ pools: shifted })).model as EnvironmentModel;
    expect(() => renderDay2(model, { before, since: 'the lock' })).toThrow(/a StatefulSet loses its last pods only/);
  });
});
