import { modelOfFile, modelOfText } from '../support/environments';
import { kubernetesText, Manifests, manifestsOfText, type Manifest } from '../support/manifests';

const staging = new Manifests(modelOfFile('staging'));
const small = manifestsOfText();
const annotation = (set: Manifest): string =>
  set.spec.template.metadata.annotations['kafka-deployment-kit/config-hash'];

describe('StatefulSets of nodes', () => {
  test('have the ids of their nodes as ordinals, and a server.properties for each', () => {
    for (const manifests of [staging, small]) {
      for (const set of manifests.ofKind('StatefulSet').filter(({ spec }) => spec.serviceName.endsWith('-nodes'))) {
        const start = set.spec.ordinals?.start ?? 0;
        const { data } = manifests.get('ConfigMap', `${set.metadata.name}-config`);
        for (let id = start; id < start + set.spec.replicas; id++) {
          const node = manifests.model.nodes.find((candidate) => candidate.id === id)!;
          expect(node.host.split('.').slice(0, 2)).toEqual([`${set.metadata.name}-${id}`, set.spec.serviceName]);
          expect(data[`server-${id}.properties`]).toContain(`\nnode.id=${id}\n`);
        }
      }
      const inSets = manifests
        .ofKind('StatefulSet')
        .filter(({ spec }) => spec.serviceName.endsWith('-nodes'))
        .reduce((sum, { spec }) => sum + (spec.replicas as number), 0);
      expect(inSets).toBe(manifests.model.nodes.length);
    }
  });

  test('start together, keep their claims, and leave time to shut down in order', () => {
    const brokers = small.get('StatefulSet', 'small-brokers').spec;
    const controllers = small.get('StatefulSet', 'small-controllers').spec;
    for (const spec of [brokers, controllers]) {
      expect(spec).toMatchObject({
        podManagementPolicy: 'Parallel',
        minReadySeconds: 35,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      });
      expect(spec).not.toHaveProperty('updateStrategy');
    }
    expect(brokers.template.spec.terminationGracePeriodSeconds).toBe(600);
    expect(controllers.template.spec.terminationGracePeriodSeconds).toBe(120);
  });

  test('wait to be told where several share a role, since Kubernetes would restart one pod of each at once', () => {
    const strategies = staging
      .ofKind('StatefulSet')
      .map(({ metadata, spec }) => [metadata.name, spec.updateStrategy?.type]);
    expect(strategies.filter(([name]) => name !== 'staging-connect').map(([, type]) => type)).toEqual(
      Array.from({ length: 6 }, () => 'OnDelete'),
    );
  });

  test('bind the nodes of a rack to its zone', () => {
    const set = staging.get('StatefulSet', 'staging-brokers-eu-west-1b');
    expect(set.spec.template.spec.nodeSelector).toEqual({ 'topology.kubernetes.io/zone': 'eu-west-1b' });
    expect(staging.get('ConfigMap', 'staging-brokers-eu-west-1b-config').data['server-1100.properties']).toContain(
      '\nbroker.rack=eu-west-1b\n',
    );
  });

  test('spread a pool over zones and hosts where the pod brings the rack, and tell only brokers their zone', () => {
    const zones = manifestsOfText({
      version: '1.35',
      settings: 'rackSource: pod-zone-label',
      more: 'racks: [a, b, c]',
    });
    const spec = zones.get('StatefulSet', 'small-brokers').spec.template.spec;
    expect(spec.topologySpreadConstraints.map(({ topologyKey }: Manifest) => topologyKey)).toEqual([
      'topology.kubernetes.io/zone',
      'kubernetes.io/hostname',
    ]);
    expect(spec.containers[0].env).toContainEqual({
      name: 'RACK_FROM_ZONE',
      valueFrom: { fieldRef: { fieldPath: "metadata.labels['topology.kubernetes.io/zone']" } },
    });
    const controllers = zones.get('StatefulSet', 'small-controllers').spec.template.spec;
    expect(JSON.stringify(controllers.containers[0].env)).not.toContain('RACK_FROM_ZONE');
    expect(zones.ofKind('StatefulSet').map(({ metadata }) => metadata.name)).toEqual([
      'small-brokers',
      'small-controllers',
    ]);
  });

  test('make a claim for each volume, of the stated size and class', () => {
    const manifests = manifestsOfText({
      pools: '{ nodes: { roles: [broker, controller], replicas: 3, volumes: [{ size: 1536GiB }, { size: 2TiB }] } }',
      settings: 'storageClass: fast',
    });
    const { volumeClaimTemplates, template } = manifests.get('StatefulSet', 'small-nodes').spec;
    expect(volumeClaimTemplates.map(({ metadata, spec }: Manifest) => [metadata.name, spec])).toEqual(
      [
        ['data-0', '1536Gi'],
        ['data-1', '2Ti'],
      ].map(([name, storage]) => [
        name,
        { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage } } },
      ]),
    );
    const mounts = template.spec.containers[0].volumeMounts.map(({ mountPath }: Manifest) => mountPath);
    for (const folder of manifests.model.nodes[0]!.logDirs) {
      expect(mounts.some((path: string) => folder.startsWith(`${path}/`))).toBe(true);
    }
  });

  test('take the memory of the pool as request and limit, with half of it as heap, and ask for a core for 8 GiB', () => {
    const [container] = small.get('StatefulSet', 'small-brokers').spec.template.spec.containers;
    expect(container.resources).toEqual({ requests: { cpu: '1', memory: '8Gi' }, limits: { memory: '8Gi' } });
    expect(small.get('ConfigMap', 'small-brokers-config').data['jvm.options']).toContain('-Xmx4096m\n');
  });

  test('start brokers that have caught up, within longer than a full copy takes, and restart no process that recovers', () => {
    const probes = small.get('StatefulSet', 'small-brokers').spec.template.spec.containers[0];
    expect(probes.startupProbe.exec.command.slice(2)).toEqual(['9404', 'running', 'caught-up', 'others']);
    expect(probes.readinessProbe.exec.command.slice(2)).toEqual(['9404', 'running']);
    expect(probes.livenessProbe.httpGet).toEqual({ path: '/-/healthy', port: 'metrics' });
    expect(probes.startupProbe.periodSeconds * probes.startupProbe.failureThreshold).toBe(7 * 24 * 3600);
    const controller = small.get('StatefulSet', 'small-controllers').spec.template.spec.containers[0];
    expect(controller.startupProbe.exec.command.slice(2)).toEqual(['9404', 'quorum', 'others']);

    const disks = '[{ size: 4TiB }, { size: 4TiB }]';
    const large = manifestsOfText({
      pools: `{ nodes: { roles: [broker, controller], replicas: 3, volumes: ${disks} } }`,
    });
    const { startupProbe } = large.get('StatefulSet', 'small-nodes').spec.template.spec.containers[0];
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBeGreaterThanOrEqual(8 * 1024 * 1024);
    expect(startupProbe.exec.command.slice(2)).toEqual(['9404', 'quorum', 'running', 'caught-up', 'others']);
  });

  test('ask the listener of the nodes where there are no metrics', () => {
    const bare = manifestsOfText({ more: 'monitoring: { metrics: false }' });
    const [container] = bare.get('StatefulSet', 'small-brokers').spec.template.spec.containers;
    expect(container.startupProbe.tcpSocket).toEqual({ port: 9091 });
    expect(container).not.toHaveProperty('livenessProbe');
    expect(bare.get('ConfigMap', 'small-brokers-config').data['jvm.options']).not.toContain('-javaagent');
  });
});

describe('restarts', () => {
  const pools = (brokers: number): string =>
    `{ controllers: { roles: [controller], replicas: 3, volumes: [{ size: 1GiB }] }, brokers: { roles: [broker], replicas: ${brokers}, volumes: [{ size: 1GiB }] } }`;
  const hash = (manifests: Manifests, set = 'small-brokers'): string => annotation(manifests.get('StatefulSet', set));

  test('follow a change of an option', () => {
    const other = new Manifests(
      modelOfText(kubernetesText().replace("{ version: '4.3' }", "{ version: '4.3', config: { num.io.threads: 16 } }")),
    );
    expect(hash(other)).not.toBe(hash(small));
  });

  test('do not follow another broker, which only the list of whom the probe asks tells of, nor the note that the cluster was formed', () => {
    expect(hash(manifestsOfText({ pools: pools(4) }))).toBe(hash(manifestsOfText({ pools: pools(3) })));
    const formed = new Manifests(modelOfText(kubernetesText(), { formation: 'formed' }));
    expect(hash(formed, 'small-controllers')).toBe(hash(small, 'small-controllers'));
    const format = (manifests: Manifests): string =>
      manifests.get('ConfigMap', 'small-controllers-config').data['format.arguments'];
    expect(format(small)).toContain(
      '--initial-controllers\n0@small-controllers-0.small-nodes.kafka.svc.cluster.local:9093:',
    );
    expect(format(formed)).toContain('--no-initial-controllers\n');
    expect(format(formed)).not.toContain('--initial-controllers\n0@');
  });
});

describe('Services', () => {
  test('give pods their names before they are ready, and clients any broker of a listener', () => {
    const nodes = small.get('Service', 'small-nodes').spec;
    expect(nodes).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(nodes.ports.map(({ port }: Manifest) => port).sort()).toEqual([9091, 9092, 9093, 9404]);
    const bootstrap = small.get('Service', 'small-internal-bootstrap').spec;
    expect(bootstrap.ports).toEqual([{ name: 'client-9092', port: 9092 }]);
    expect(bootstrap.selector).toMatchObject({ 'kafka-deployment-kit/broker': 'true' });
  });
});

describe('certificates', () => {
  test('name every pod and every bootstrap Service, in the form of a key that Kafka reads', () => {
    const { spec } = small.get('Certificate', 'small-tls');
    expect(spec.commonName).toBe('node:small');
    expect(spec.privateKey.encoding).toBe('PKCS8');
    expect(spec.dnsNames).toEqual(
      expect.arrayContaining([
        '*.small-nodes.kafka.svc.cluster.local',
        'small-internal-bootstrap.kafka.svc.cluster.local',
      ]),
    );
    for (const node of small.model.nodes) {
      expect(`*.${node.host.split('.').slice(1).join('.')}`).toBe(spec.dnsNames[0]);
    }
    for (const certificate of small.ofKind('Certificate').filter(({ spec: own }) => own.isCA !== true)) {
      expect(certificate.spec.issuerRef).toEqual({ name: 'small-ca' });
    }
    expect(small.get('Issuer', 'small-ca').spec).toEqual({ ca: { secretName: 'small-ca' } });
  });

  test('are made for clients that show one', () => {
    const manifests = manifestsOfText({
      listeners: '{ partners: { authentication: mtls } }',
      more: 'topics: { prices: {} }\nprincipals: { acme: { listener: partners, consume: { topics: [prices], groups: [acme] } } }',
    });
    expect(manifests.get('Certificate', 'small-user-acme-tls').spec.commonName).toBe('acme');
  });

  test('keep the key of the authority out of every pod', () => {
    const mounted = staging
      .ofKind('StatefulSet')
      .flatMap(({ spec }) => spec.template.spec.volumes.map(({ secret }: Manifest) => secret?.secretName));
    expect(mounted).toContain('staging-tls');
    expect(mounted).not.toContain('staging-ca');
  });
});

describe('network policies', () => {
  test('open to nodes what nodes need, and to clients that are labelled their listeners only', () => {
    const nodes = small.get('NetworkPolicy', 'small-nodes').spec;
    expect(nodes.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(nodes.ingress[0].ports.map(({ port }: Manifest) => port)).toEqual([9093, 9091, 9404]);
    expect(nodes.egress.map(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port))).toEqual([
      [9093, 9091, 9404],
      [53, 53],
    ]);
    const clients = small.get('NetworkPolicy', 'small-clients').spec;
    expect(clients.ingress).toEqual([
      {
        from: [
          { podSelector: { matchLabels: { 'kafka-deployment-kit/client': 'small' } }, namespaceSelector: {} },
          { podSelector: { matchLabels: { 'kafka-deployment-kit/source-small': 'true' } }, namespaceSelector: {} },
          {
            podSelector: {
              matchLabels: {
                'app.kubernetes.io/name': 'kafka-reconciler',
                'app.kubernetes.io/instance': 'small',
                'kafka-deployment-kit/admin': 'small',
              },
            },
          },
        ],
        ports: [{ port: 9092, protocol: 'TCP' }],
      },
    ]);
  });

  test('let brokers fetch the keys of tokens, on the port of their issuer', () => {
    const text = kubernetesText({ listeners: '{ internal: { authentication: oauthbearer } }' }).replace(
      "{ version: '4.3' }",
      "{ version: '4.3', config: { sasl.oauthbearer.jwks.endpoint.url: 'https://issuer.example:8443/keys' } }",
    );
    const { egress } = new Manifests(modelOfText(text)).get('NetworkPolicy', 'small-nodes').spec;
    expect(egress[2]).toEqual({ ports: [{ port: 8443, protocol: 'TCP' }] });
  });
});
