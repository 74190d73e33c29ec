import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { SIGNALS } from '../../lib/core/signals';
import { alertGroups, alertName, renderMonitoring, type AlertRule } from '../../lib/monitoring';
import { modelOfFile, modelOfText } from '../support/environments';
import { mirroringModel } from '../support/watched-model';

const pages = readdirSync('docs/runbooks').sort();
const rules = (of: ReturnType<typeof modelOfFile>): readonly AlertRule[] =>
  alertGroups(of).flatMap((group) => group.rules);
const expression = (of: ReturnType<typeof modelOfFile>, name: string): string | undefined =>
  rules(of).find(({ alert }) => alert === name)?.expr;

const nodes = (replicas: number, more = ''): ReturnType<typeof modelOfFile> =>
  modelOfText(`
name: dc
target: local
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: ${replicas} } }
listeners: { internal: { authentication: none } }
monitoring: { metrics: true }
${more}`);

describe('the catalogue of signals', () => {
  test('has a page for each, and no page beside them', () => {
    expect(pages).toEqual(SIGNALS.map(({ id }) => `${id}.md`).sort());
  });

  test.each(SIGNALS.map((signal) => [signal.id, signal] as const))('describes %s in its page', (id, { title }) => {
    const page = readFileSync(`docs/runbooks/${id}.md`, 'utf8');
    expect(page).toMatch(new RegExp(`^# ${title}\n\n\`${id}\`\\. `));
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Look at, in this order', 'The way out', 'Do not']);
    expect(page.match(/^\d\. `/gm)).toHaveLength(3);
  });

  test('says a thing once: ids and titles are all different', () => {
    expect(new Set(SIGNALS.map(({ id }) => id)).size).toBe(SIGNALS.length);
    expect(new Set(SIGNALS.map(({ title }) => title)).size).toBe(SIGNALS.length);
  });
});

describe('alerts of an environment', () => {
  test('carry severity, environment and their page, and select this environment alone', () => {
    const model = modelOfFile('dc1');
    const found = rules(model);
    expect(found.length).toBeGreaterThan(20);
    for (const { alert, expr, labels, annotations } of found) {
      const signal = SIGNALS.find((candidate) => alertName(candidate) === alert)!;
      expect(labels).toEqual({ severity: signal.severity, environment: 'dc1', signal: signal.id });
      expect(annotations['runbook_url']).toMatch(new RegExp(`/docs/runbooks/${signal.id}\\.md$`));
      expect(expr.match(/\{/g)).toHaveLength(expr.match(/environment="dc1"/g)!.length);
    }
  });

  test('compare with what the environment declares', () => {
    expect(expression(nodes(5), 'KafkaBrokersMissing')).toMatch(/ < 5$/);
    expect(expression(nodes(5), 'KafkaQuorumNoSpare')).toMatch(/ <= 3$/);
    const loaded = nodes(3, 'topics: { orders: { load: { produce: 2MiB/s } }, clicks: { load: { produce: 1MiB/s } } }');
    expect(expression(loaded, 'KafkaIngressHigh')).toMatch(/ > 3145728$/);
  });

  test('leave out what there is nothing to say about', () => {
    expect(expression(nodes(1), 'KafkaQuorumNoSpare')).toBeUndefined();
    expect(expression(nodes(3), 'KafkaIngressHigh')).toBeUndefined();
    expect(expression(nodes(3), 'KafkaConnectTaskFailed')).toBeUndefined();
    expect(expression(modelOfFile('staging'), 'KafkaConnectTaskFailed')).toBeDefined();
  });
});

describe('what Prometheus reads', () => {
  test('of hosts is every node by its address, with who it is', () => {
    const file = renderMonitoring(modelOfFile('dc1')).find(({ path }) => path === 'prometheus.yaml')!;
    const [job] = (parse(file.content) as { scrape_configs: { static_configs: object[] }[] }).scrape_configs;
    expect(job!.static_configs).toHaveLength(6);
    expect(job!.static_configs).toContainEqual({
      targets: ['b1.dc1.example:9404'],
      labels: {
        ...{ environment: 'dc1', kafka: 'node', node: 'b1', node_id: '101', rack: 'r1' },
        ...{ broker: 'true', controller: 'false' },
      },
    });
  });

  test('of pods is found by the operator of Prometheus', () => {
    const files = renderMonitoring(modelOfFile('staging'))
      .filter(({ path }) => !path.startsWith('dashboard-'))
      .map(({ path, content }) => [path, parse(content) as object]);
    expect(files).toEqual([
      ['pod-monitor-kafka.yaml', expect.objectContaining({ kind: 'PodMonitor' })],
      ['pod-monitor-connect.yaml', expect.objectContaining({ kind: 'PodMonitor' })],
      ['prometheus-rule.yaml', expect.objectContaining({ kind: 'PrometheusRule' })],
    ]);
  });

  test('of workers of mirrors tells them apart from those of Connect', () => {
    const files = new Map(renderMonitoring(mirroringModel()).map(({ path, content }) => [path, content]));
    expect(parse(files.get('pod-monitor-mirror.yaml')!)).toMatchObject({
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'kafka-mirror-maker' } },
        podMetricsEndpoints: [
          { relabelings: expect.arrayContaining([{ targetLabel: 'kafka', replacement: 'mirror' }]) as unknown },
        ],
      },
    });
    expect([...files.keys()]).toContain('dashboard-mirrors.yaml');
    expect([...files.keys()]).not.toContain('pod-monitor-connect.yaml');
  });

  test('about mirrors compare with what they promise, while they are to run', () => {
    const { mirrorMaker } = mirroringModel();
    expect(mirrorMaker!.mirrors[0]!.maxLagMs).toBe(600_000);
    const silent = {
      ...mirrorMaker!,
      mirrors: mirrorMaker!.mirrors.map((one) => ({ ...one, state: 'stopped' as const })),
    };
    expect(expression(mirroringModel(), 'KafkaMirrorLate')).toMatch(/ > 600$/);
    // Whoever stopped it knows.
    expect(expression({ ...mirroringModel(), mirrorMaker: silent }, 'KafkaMirrorLate')).toBeUndefined();
  });

  test('fails for brokers of a service, and where the exporter is off', () => {
    const prod = modelOfFile('prod');
    expect(() => renderMonitoring({ ...prod, metrics: { enabled: false } })).toThrow(
      /the brokers of prod have nothing that Prometheus could read, got target msk without exporters/,
    );
    expect(() => renderMonitoring({ ...prod, target: 'msk-serverless' })).toThrow(/got target msk-serverless; /);
    expect(() => renderMonitoring({ ...nodes(3), metrics: { enabled: false } })).toThrow(
      /got monitoring.metrics false/,
    );
  });
});
