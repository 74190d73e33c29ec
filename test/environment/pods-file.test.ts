import { KafkaEnvironment } from '../../lib/environment';
import { hasErrors } from '../../lib/core/issue';
import { codes, openText } from '../support/environments';
import { BASES } from '../support/rule-cases';

const RUNTIME = 'connect: { runtime: { environment: pods }, connectors: { c: { class: a.B } } }\n';

function podsText({ more = '', brokers = '', settings = '' } = {}): string {
  return `name: pods
target: kubernetes
brokers: { environment: ./brokers.yaml${brokers} }
targets: { kubernetes: { version: '1.34', namespace: apps, images: { kafka: 'registry.example/kafka@sha256:${'a'.repeat(64)}' }${settings} } }
${more}`;
}

function open(base: keyof typeof BASES, text = podsText(), more = RUNTIME) {
  return openText(text, { files: { './brokers.yaml': BASES[base] + more, 'brokers.yaml': BASES[base] + more } });
}

describe('a file that runs pods for the brokers of another', () => {
  test('takes the brokers from there and where the pods are from itself', () => {
    const { model, issues } = open('msk');
    expect(codes(issues)).toEqual([]);
    expect(model).toMatchObject({ name: 'cloud', target: 'msk', connect: { environment: 'pods' } });
    expect(model!.spec.targets!.kubernetes!.namespace).toBe('apps');
    expect(model!.brokersElsewhere).toEqual({
      environment: 'pods',
      clientOf: 'cloud',
      bootstrapServers: new Map(),
      configMap: 'cloud-bootstrap',
    });
  });

  test('knows the addresses of nodes that the kit runs, and the Secret of their authority', () => {
    const { brokersElsewhere } = open('hosts').model!;
    expect(brokersElsewhere!.bootstrapServers.get('internal')).toMatch(/^b1\.example:9092,/);
    expect(brokersElsewhere!.authoritySecret).toBe('iron-authority');
  });

  test('reaches brokers of another namespace by their Service there', () => {
    const { model, issues } = open('kubernetes');
    expect(codes(issues)).toEqual([]);
    expect(model!.brokersElsewhere!.bootstrapServers.get('internal')).toBe(
      'k8s-internal-bootstrap.kafka.svc.cluster.local:9092',
    );
    expect(model!.spec.targets!.kubernetes!.namespace).toBe('apps');
  });

  test('may say the bootstrap servers, the ConfigMap and the authority', () => {
    const { model } = open(
      'msk',
      podsText({ brokers: ', bootstrapServers: { internal: "b:9098" }, configMap: addresses, authority: ca' }),
    );
    expect(model!.brokersElsewhere).toEqual({
      environment: 'pods',
      clientOf: 'cloud',
      bootstrapServers: new Map([['internal', 'b:9098']]),
      configMap: 'addresses',
      authoritySecret: 'ca',
    });
  });

  test.each([
    ['a key that belongs to the brokers', podsText({ more: 'topics: { a: {} }' }), 'PODS-KEY topics'],
    ['another target', podsText().replace('target: kubernetes', 'target: msk'), 'PODS-TARGET target'],
    ['the name of the brokers', podsText().replace('name: pods', 'name: cloud'), 'PODS-NAME name'],
    ['no settings', podsText().replace(/^targets:.*$/m, ''), 'SPEC-REQUIRED targets'],
    ['an override', podsText({ settings: ', override: { topics: {} }' }), 'PODS-KEY targets.kubernetes.override'],
    ['no path', podsText().replace(' environment: ./brokers.yaml', ''), 'SPEC-REQUIRED brokers.environment'],
    ['a file that is not there', podsText().replace('./brokers', './nobody'), 'BROKERS-MISSING brokers.environment'],
    ['itself', podsText().replace('./brokers', './test'), 'BROKERS-NESTED brokers.environment'],
    ['an old Kubernetes', podsText().replace('1.34', '1.29'), 'KUBERNETES-VERSION targets.kubernetes.version'],
    [
      'a listener that is not there',
      podsText({ brokers: ', bootstrapServers: { interal: "b:9098" }' }),
      'PODS-LISTENER brokers.bootstrapServers.interal',
    ],
    ['a mistyped key', podsText({ brokers: ', bootstrap: x' }), 'SPEC-UNKNOWN-KEY brokers.bootstrap'],
  ])('fails with %s', (_, text, expected) => {
    expect(codes(open('msk', text).issues)).toEqual([expected]);
  });

  test('fails where the brokers say that their pods run elsewhere, or say nothing', () => {
    expect(codes(open('msk', podsText(), '').issues)).toEqual(['PODS-UNUSED brokers.environment']);
    expect(codes(open('msk', podsText(), RUNTIME.replace('pods', 'others')).issues)).toEqual([
      'PODS-UNUSED brokers.environment',
    ]);
  });

  test('fails with the errors of the file of the brokers, at their place there', () => {
    const { issues } = open('msk', podsText(), `${RUNTIME}nonsense: 1\n`);
    expect(hasErrors(issues)).toBe(true);
    expect(issues[0]!.at!.file).toBe('brokers.yaml');
  });

  test('fails where pods is written by hand', () => {
    expect(codes(openText(`${BASES.msk}pods: { environment: x }\n`).issues)).toContain('PODS-KEY pods');
  });

  test('is an environment for Kubernetes to those who deploy it', () => {
    const environment = KafkaEnvironment._of(open('msk').model!);
    expect([environment.environmentName, environment.target]).toEqual(['pods', 'kubernetes']);
  });
});
