import { gunzipSync } from 'node:zlib';
import { desiredState, parseDesired, type DesiredState } from '../../lib/core/plan';
import { modelOfFile } from '../support/environments';
import { Manifests, manifestsOfText, type Manifest } from '../support/manifests';

const staging = new Manifests(modelOfFile('staging'));

const jobOf = (manifests: Manifests, what: string): Manifest =>
  manifests.ofKind('Job').find(({ metadata }) => metadata.name.includes(`-${what}-`));
const job = (manifests: Manifests): Manifest => jobOf(manifests, 'reconcile');
const container = (manifests: Manifests): Manifest => job(manifests).spec.template.spec.containers[0];

/** What the pod finds in its folder, put together as the tool does. */
function desiredOf(manifests: Manifests, of: Manifest = job(manifests)): unknown {
  const { volumes } = of.spec.template.spec;
  const { sources } = volumes.find(({ name }: Manifest) => name === 'desired').projected;
  const parts = new Map<string, Buffer>();
  for (const { configMap } of sources)
    for (const [file, content] of Object.entries(manifests.get('ConfigMap', configMap.name).binaryData as object))
      parts.set(file, Buffer.from(content as string, 'base64'));
  const whole = Buffer.concat([...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part));
  return parseDesired(gunzipSync(whole).toString());
}

describe('the Job that makes topics and access', () => {
  test('runs the tools of the kit with what the environment wants', () => {
    expect(container(staging).image).toBe(staging.model.spec.targets!.kubernetes!.images.tools);
    expect(container(staging).command.slice(0, 3)).toEqual(['kdk', 'reconcile', '/etc/kafka/desired']);
    expect(desiredOf(staging)).toEqual({ desired: desiredState(staging.model) });
  });

  test('logs in as the administrator on the replication listener of every broker', () => {
    const { volumes } = job(staging).spec.template.spec;
    const { configMap } = volumes.find(({ name }: Manifest) => name === 'config');
    const config = staging.get('ConfigMap', configMap.name).data['admin.properties'] as string;
    expect(config).toContain('security.protocol=SSL\n');
    expect(config).toContain('ssl.keystore.key=${dir:/etc/kafka/admin:tls.key}\n');
    expect(config.match(/:9091/g)).toHaveLength(3);
    expect(volumes).toContainEqual({ name: 'admin', secret: { secretName: 'staging-admin-tls', defaultMode: 0o440 } });
  });

  test('finds the password of every user where its reference says', () => {
    const { volumes } = job(staging).spec.template.spec;
    const { sources } = volumes.find(({ name }: Manifest) => name === 'users').projected;
    expect(sources).toContainEqual({
      secret: { name: 'staging-user-checkout', items: [{ key: 'password', path: 'checkout/password' }] },
    });
    expect(sources).toHaveLength(desiredState(staging.model).users!.users.length);
  });

  test('is another Job for another wish, and the same for the same', () => {
    const of = (partitions: number): string => {
      const model = modelOfFile('staging');
      const topics = model.topics.map((topic, index) => (index === 0 ? { ...topic, partitions } : topic));
      return job(new Manifests({ ...model, topics })).metadata.name;
    };
    expect(of(12)).toBe(of(12));
    expect(of(12)).not.toBe(of(24));
    expect(of(12)).toMatch(/^staging-reconcile-[0-9a-f]{10}$/);
  });

  test('is the only pod that may reach brokers as administrator', () => {
    const administrators = staging.all.filter(
      ({ spec }) => spec?.template?.metadata?.labels?.['kafka-deployment-kit/admin'] !== undefined,
    );
    expect(administrators).toEqual([job(staging)]);
    const { spec } = staging.get('NetworkPolicy', 'staging-reconcile');
    expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(spec.ingress).toBeUndefined();
    expect(spec.egress).toHaveLength(3);
  });

  test('does not wait for workers, which cannot start before their user is there: connectors are made by another', () => {
    const { command } = container(staging);
    expect(command).toEqual(expect.arrayContaining(['--only', 'brokers']));
    expect(command).not.toContain('--connect');
    const connectors = jobOf(staging, 'connectors').spec.template;
    expect(connectors.spec.containers[0].command).toEqual(
      expect.arrayContaining(['--only', 'connectors', '--connect']),
    );
    expect(connectors.metadata.labels).toHaveProperty('kafka-deployment-kit/connect-client', 'staging');
  });

  test('says why it failed in the status of its pod, and does not try again what is used wrongly', () => {
    const { spec } = job(staging);
    expect(spec.template.spec.containers[0].terminationMessagePolicy).toBe('FallbackToLogsOnError');
    expect(spec.podFailurePolicy.rules).toEqual([
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      { action: 'FailJob', onExitCodes: { operator: 'In', values: [2] } },
    ]);
    // A finished Job that vanished would be made again by whatever keeps the cluster as the repository says.
    expect(spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  test('needs no object that kubectl apply would refuse for 10,000 topics with all different options', () => {
    const model = modelOfFile('staging');
    const [first] = model.topics;
    const topics = Array.from({ length: 10_000 }, (_, id) => ({
      ...first!,
      name: `topic-${(id * 2_654_435_761) % 4_294_967_291}-${id}`,
      config: { ...first!.config, 'max.message.bytes': String(1_000_000 + ((id * 40_503) % 65_521)) },
    }));
    const many = new Manifests({ ...model, topics });
    const sizes = many.all.map((object) => JSON.stringify(object).length);
    // kubectl apply keeps a copy of each in an annotation, and annotations hold 256 KiB in all.
    expect(Math.max(...sizes)).toBeLessThan(256 * 1024);
    expect(desiredOf(many)).toEqual({ desired: desiredState(many.model) });
  });

  test('has others beside it where one could not list the passwords of 5,000 users', () => {
    const model = modelOfFile('staging');
    const template = model.principals.find(({ name }) => name === 'checkout')!;
    const named = Array.from({ length: 5_000 }, (_, id) => {
      const name = `team-${id % 90}-service-${id}`;
      return { ...template, name, users: [{ ...template.users[0]!, name, secret: { secret: name, key: 'password' } }] };
    });
    const topics = Array.from({ length: 10_000 }, (_, id) => ({ ...model.topics[0]!, name: `topic-${id}` }));
    const kubernetes = { ...model.spec.targets!.kubernetes!, drift: { schedule: '0 3 * * *' } };
    const spec = { ...model.spec, targets: { ...model.spec.targets, kubernetes } };
    const many = new Manifests({ ...model, spec, topics, principals: named });
    expect(Math.max(...many.all.map((object) => JSON.stringify(object).length))).toBeLessThan(256 * 1024);
    const users = desiredState(many.model).users!.users.map(({ name }) => name);
    expect(users.length).toBeGreaterThanOrEqual(5_000);
    const jobs = many.ofKind('Job').filter(({ metadata }) => /-(reconcile|users-\d)-/.test(metadata.name as string));
    expect(jobs.map(({ metadata }) => metadata.name.replace(/-[^-]*$/, ''))).toEqual(
      ['staging-reconcile', 'staging-users-2', 'staging-users-3', 'staging-users-4'].slice(0, jobs.length),
    );
    expect(jobs.length).toBeGreaterThan(2);
    expect(many.ofKind('CronJob').filter(({ metadata }) => /-drift/.test(metadata.name as string))).toHaveLength(
      jobs.length,
    );
    const parts = jobs.map((each) => (desiredOf(many, each) as { desired: DesiredState }).desired);
    // Together they make every user once, each with its password, and everything else is the first one's.
    expect(parts.flatMap((part) => part.users!.users.map(({ name }) => name)).sort()).toEqual([...users].sort());
    for (const [index, part] of parts.entries()) {
      const { volumes } = jobs[index]!.spec.template.spec;
      const { sources } = volumes.find(({ name }: Manifest) => name === 'users').projected;
      expect(sources).toHaveLength(part.users!.users.length);
      expect(part.topics).toHaveLength(index === 0 ? 10_000 : 0);
      expect(part.access === undefined).toBe(index > 0);
    }
  }, 60_000);

  test('is left out where the environment names no image with the tools', () => {
    expect(manifestsOfText().ofKind('Job')).toEqual([]);
  });
});
