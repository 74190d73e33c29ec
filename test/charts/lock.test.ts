import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Size } from 'cdk8s';
import { KafkaChart, NodePool, type KafkaChartProps } from '../../charts';
import { kubernetesFacts } from '../../lib/core/lock';
import { modelOfFile, modelOfText } from '../support/environments';
import { kubernetesText, Manifests } from '../support/manifests';
import { SMALL_CLUSTER } from '../support/small-cluster';

const folder = mkdtempSync(join(tmpdir(), 'kdk-chart-lock-'));
const lockFile = join(folder, 'events.lock.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const chart = (more: Partial<KafkaChartProps> = {}, volumes = [Size.gibibytes(10)]): KafkaChart =>
  new KafkaChart(new App(), 'events', {
    ...SMALL_CLUSTER,
    nodePools: [
      NodePool.controllers({ replicas: 3, volumes: [Size.gibibytes(1)] }),
      NodePool.brokers('brokers', { replicas: 3, volumes }),
    ],
    lockFile,
    ...more,
  });

describe('a chart with a lock file', () => {
  test('compares nothing while there is none, and writes none by itself', () => {
    expect(chart().toJson().length).toBeGreaterThan(5);
    expect(existsSync(lockFile)).toBe(false);
  });

  test('fails on a change that Kubernetes would refuse, with the steps, and lets it through where it is meant', () => {
    writeFileSync(lockFile, chart().lockText());
    expect(chart().toJson().length).toBeGreaterThan(5);
    const two = [Size.gibibytes(10), Size.gibibytes(10)];
    expect(() => chart({}, two)).toThrow(
      /LOCK-FIXED nodePools\.brokers\.volumes: .*kubectl -n kafka delete statefulset events-brokers --cascade=orphan/,
    );
    const acknowledge = [
      { code: 'LOCK-FIXED', path: 'nodePools.brokers.volumes', from: '1', to: '2', reason: 'more disks' },
    ];
    expect(chart({ acknowledge }, two).toJson().length).toBeGreaterThan(5);
    expect(() => chart({ namespace: 'other' })).toThrow(/LOCK-FIXED targets\.kubernetes\.namespace/);
  });
});

/** What is locked is worked out apart from what is rendered: here both are held against each other. */
test.each([
  ['a StatefulSet a zone', modelOfFile('staging')],
  [
    'combined nodes with two disks',
    modelOfText(
      kubernetesText({
        pools:
          '{ nodes: { roles: [broker, controller], replicas: 3, volumes: [{ size: 1GiB }, { size: 1536MiB }], nodeIds: { start: 7 } } }',
      }),
    ),
  ],
])('what is locked is what StatefulSets have: %s', (_, model) => {
  const facts = kubernetesFacts(model);
  const sets = new Manifests(model)
    .ofKind('StatefulSet')
    .filter(({ metadata }) => metadata.labels['app.kubernetes.io/name'] === 'kafka');
  expect(sets.length).toBeGreaterThan(0);
  for (const { metadata, spec } of sets) {
    const pool = metadata.labels['kafka-deployment-kit/node-pool'];
    const selector = Object.entries(spec.selector.matchLabels as Record<string, string>)
      .map(([name, value]) => (name === 'kafka-deployment-kit/rack' ? name : `${name}=${value}`))
      .join(',');
    const config = new Manifests(model).get('ConfigMap', `${metadata.name}-config`).data;
    const properties: string = Object.entries(config).find(([file]) => file.startsWith('server-'))![1] as string;
    const dir = /^log\.dirs=([^,\n]*)/m.exec(properties)![1];
    expect(facts[`nodePools.${pool}.statefulSet`]).toBe(
      `selector ${selector}; service ${spec.serviceName}; management ${spec.podManagementPolicy}; log dir ${dir}`,
    );
    expect(facts[`nodePools.${pool}.volumes`]).toBe(String(spec.volumeClaimTemplates.length));
    for (const [index, claim] of spec.volumeClaimTemplates.entries()) {
      expect(`${claim.spec.resources.requests.storage}B`).toBe(facts[`nodePools.${pool}.volumes[${index}].size`]);
      expect(claim.spec.storageClassName ?? 'none').toBe(facts['targets.kubernetes.storageClass']);
    }
  }
});
