import { alertName, renderMonitoring } from '../../lib/monitoring';
import { SIGNALS } from '../../lib/core/signals';
import { modelOfText } from '../support/environments';
import { kubernetesText, Manifests } from '../support/manifests';

const text = (exporter: string): string =>
  kubernetesText().replace(
    "images: { kafka: 'registry.example/kafka:4.3.1' }",
    `images: { kafka: 'registry.example/kafka:4.3.1', tools: 'registry.example/tools:1' }${exporter}`,
  );

describe('the exporter as a pod', () => {
  const model = modelOfText(text(', exporter: true'));
  const manifests = new Manifests(model);

  test('asks brokers as their administrator, and is asked by Prometheus alone', () => {
    const deployment = manifests.get('Deployment', 'small-exporter');
    expect(deployment.spec.strategy).toEqual({ type: 'Recreate' });
    expect(deployment.spec.template.metadata.labels).toMatchObject({ 'kafka-deployment-kit/admin': 'small' });
    expect(deployment.spec.template.spec.containers[0]).toMatchObject({
      command: [
        'kdk',
        'exporter',
        '--command-config',
        expect.stringMatching(/admin\.properties$/),
        '--listen',
        '0.0.0.0:9308',
      ],
      ports: [{ name: 'metrics', containerPort: 9308 }],
    });
    expect(manifests.get('NetworkPolicy', 'small-exporter').spec.ingress).toHaveLength(1);
  });

  test('is watched, and what it tells is alerted on', () => {
    const files = renderMonitoring(model).map(({ path }) => path);
    expect(files).toContain('pod-monitor-exporter.yaml');
    const rules = renderMonitoring(model).find(({ path }) => path === 'prometheus-rule.yaml')!.content;
    const full = SIGNALS.find(({ id }) => id === 'disk-full')!;
    expect(rules).toContain(alertName(full));
  });

  test('is not there where nobody wants it', () => {
    const without = modelOfText(text(''));
    expect(new Manifests(without).ofKind('Deployment')).toEqual([]);
    expect(renderMonitoring(without).map(({ path }) => path)).not.toContain('pod-monitor-exporter.yaml');
    expect(
      renderMonitoring(without)
        .map(({ content }) => content)
        .join(),
    ).not.toContain('kafka_log_dir');
  });
});
