import { bootstrapServers, listenerCertificateNames, nodeCertificateNames, outsideHosts } from '../../lib/core/config';
import { listenerCertificateName } from '../../lib/core/model';
import { modelOfFile } from '../support/environments';
import { Manifests, manifestsOfText, type KubernetesText, type Manifest } from '../support/manifests';

const LISTENERS = '{ internal: { authentication: scram-sha-512 }, vendors: { authentication: mtls } }';
const outsideBy = (settings: string, more: KubernetesText = {}): Manifests =>
  manifestsOfText({ listeners: LISTENERS, ...more, settings: `listeners: { vendors: { ${settings} } }` });

const balanced = outsideBy(
  "expose: load-balancer, host: 'b{id}.kafka.example.org', bootstrapHost: kafka.example.org, port: 9443, loadBalancerClass: service.k8s.aws/nlb, nodePorts: none, sourceRanges: [203.0.113.0/24], annotations: { example.org/scheme: internal }",
);
const ported = outsideBy(
  "expose: node-port, host: '{nodeIp}', firstNodePort: 30000, bootstrapNodePort: 30099, nodeAddresses: [10.0.0.1, 10.0.0.2]",
);
const named = outsideBy('expose: node-port, host: nodes.example.org, firstNodePort: 30000, bootstrapNodePort: 30099');
const routed = outsideBy(
  "expose: tls-route, host: 'b{id}.kafka.example.org', bootstrapHost: kafka.example.org, gateway: { name: edge, namespace: gateways, section: kafka, proxyNamespace: envoy, proxyLabels: { app: envoy } }",
);
const signed = outsideBy(
  "expose: load-balancer, host: '{pool}-{ordinal}.example.org', bootstrapHost: kafka.example.org, issuer: { name: company }",
);
const ALL: [string, Manifests][] = [
  ['load balancers', balanced],
  ['node ports of the address of the node', ported],
  ['node ports of a name', named],
  ['routes', routed],
  ['load balancers with a certificate of another issuer', signed],
];

const advertised = (manifests: Manifests): string[] =>
  [100, 101, 102].map((id) => {
    const text = manifests.get('ConfigMap', 'small-brokers-config').data[`server-${id}.properties`] as string;
    return /^advertised\.listeners=.*VENDORS:\/\/([^,]+)/m.exec(text)![1]!;
  });

describe('a listener for clients outside', () => {
  test.each([
    [
      'load balancers',
      balanced,
      ['b100.kafka.example.org:9443', 'b101.kafka.example.org:9443', 'b102.kafka.example.org:9443'],
      'kafka.example.org:9443',
    ],
    [
      'node ports of the address of the node',
      ported,
      ['{nodeIp}:30100', '{nodeIp}:30101', '{nodeIp}:30102'],
      '10.0.0.1:30099,10.0.0.2:30099',
    ],
    [
      'node ports of a name',
      named,
      ['nodes.example.org:30100', 'nodes.example.org:30101', 'nodes.example.org:30102'],
      'nodes.example.org:30099',
    ],
    [
      'routes',
      routed,
      ['b100.kafka.example.org:443', 'b101.kafka.example.org:443', 'b102.kafka.example.org:443'],
      'kafka.example.org:443',
    ],
    [
      'hosts by pool and ordinal',
      signed,
      ['brokers-0.example.org:9094', 'brokers-1.example.org:9094', 'brokers-2.example.org:9094'],
      'kafka.example.org:9094',
    ],
  ])('advertises addresses that are known when it is rendered: %s', (_, manifests, addresses, bootstrap) => {
    expect(advertised(manifests)).toEqual(addresses);
    expect(bootstrapServers(manifests.model, 'vendors')).toBe(bootstrap);
    const controller = manifests.get('ConfigMap', 'small-controllers-config').data['server-0.properties'];
    expect(controller).not.toContain('VENDORS://');
  });

  test('has a load balancer for each broker and one to begin with, which lead to no other node', () => {
    expect(balanced.get('Service', 'small-brokers-101-vendors')).toMatchObject({
      metadata: {
        annotations: {
          'external-dns.alpha.kubernetes.io/hostname': 'b101.kafka.example.org',
          'example.org/scheme': 'internal',
        },
      },
      spec: {
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        loadBalancerClass: 'service.k8s.aws/nlb',
        allocateLoadBalancerNodePorts: false,
        loadBalancerSourceRanges: ['203.0.113.0/24'],
        publishNotReadyAddresses: true,
        selector: { 'statefulset.kubernetes.io/pod-name': 'small-brokers-101' },
        ports: [{ name: 'client-9094', port: 9443, targetPort: 9094 }],
      },
    });
    const begin = balanced.get('Service', 'small-vendors-bootstrap');
    expect(begin.metadata.annotations['external-dns.alpha.kubernetes.io/hostname']).toBe('kafka.example.org');
    expect(begin.spec.type).toBe('LoadBalancer');
    expect(begin.spec).not.toHaveProperty('publishNotReadyAddresses');
    expect(balanced.get('Service', 'small-internal-bootstrap').spec).not.toHaveProperty('type');
  });

  test('has the port of a broker on every node, and only where its pod runs if that address is advertised', () => {
    const service = ported.get('Service', 'small-brokers-102-vendors');
    expect(service.spec).toMatchObject({ type: 'NodePort', externalTrafficPolicy: 'Local' });
    expect(service.spec.ports).toEqual([{ name: 'client-9094', port: 9094, nodePort: 30102 }]);
    expect(named.get('Service', 'small-brokers-102-vendors').spec).not.toHaveProperty('externalTrafficPolicy');
    expect(named.get('Service', 'small-vendors-bootstrap').spec.ports[0].nodePort).toBe(30099);
    const env = (set: string): string[] =>
      ported.get('StatefulSet', set).spec.template.spec.containers[0].env.map(({ name }: Manifest) => name);
    expect(env('small-brokers')).toContain('NODE_IP');
    expect(env('small-controllers')).not.toContain('NODE_IP');
    expect(ported.get('ConfigMap', 'small-brokers-config').data['node-addresses']).toBe('10.0.0.1\n10.0.0.2\n');
  });

  test('has a route for each broker and one to begin with, at a Gateway that somebody else owns', () => {
    expect(routed.get('TLSRoute', 'small-brokers-100-vendors')).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1',
      spec: {
        parentRefs: [{ name: 'edge', namespace: 'gateways', sectionName: 'kafka' }],
        hostnames: ['b100.kafka.example.org'],
        rules: [{ backendRefs: [{ name: 'small-brokers-100-vendors', port: 9094 }] }],
      },
    });
    expect(routed.get('TLSRoute', 'small-vendors-bootstrap').spec.hostnames).toEqual(['kafka.example.org']);
    expect(routed.get('Service', 'small-brokers-100-vendors').spec).not.toHaveProperty('type');
    expect(routed.ofKind('TLSRoute')).toHaveLength(4);
  });

  test('does not restart brokers when there is one more', () => {
    const more =
      '{ controllers: { roles: [controller], replicas: 3, volumes: [{ size: 1GiB }] }, brokers: { roles: [broker], replicas: 4, volumes: [{ size: 1GiB }] } }';
    const larger = outsideBy(
      "expose: node-port, host: '{nodeIp}', firstNodePort: 30000, bootstrapNodePort: 30099, nodeAddresses: [10.0.0.1, 10.0.0.2]",
      { pools: more },
    );
    const annotations = (manifests: Manifests): Manifest =>
      manifests.get('StatefulSet', 'small-brokers').spec.template.metadata.annotations;
    expect(annotations(larger)).toEqual(annotations(ported));
  });
});

/** As Java and OpenSSL compare: a wildcard stands for exactly one part. */
const covers = (pattern: string, host: string): boolean =>
  pattern === host || (pattern.startsWith('*.') && host.split('.').slice(1).join('.') === pattern.slice(2));

/** What brokers tell their clients, in every server.properties, by listener. */
function advertisedHosts(manifests: Manifests): { listener: string; host: string }[] {
  return manifests.ofKind('ConfigMap').flatMap(({ data = {} }) =>
    Object.entries(data as Record<string, string>).flatMap(([file, text]) =>
      /^server-\d+\.properties$/.test(file)
        ? /^advertised\.listeners=(.*)$/m
            .exec(text)![1]!
            .split(',')
            .map((entry) => {
              const [, listener, host] = /^(\w+):\/\/(.*):\d+$/.exec(entry)!;
              return { listener: listener!, host: host! };
            })
        : [],
    ),
  );
}

function certificateOf(manifests: Manifests, listener: string): Manifest {
  const own = manifests.model.listeners.find(({ kafkaName }) => kafkaName === listener);
  const name = own === undefined ? undefined : listenerCertificateName(manifests.model, own);
  return manifests.get('Certificate', name ?? `${manifests.model.name}-tls`).spec;
}

const environment = (name: string): [string, Manifests] => [name, new Manifests(modelOfFile(name))];

describe('the certificate that a listener shows', () => {
  test.each([...ALL, environment('staging')])('names every address that brokers advertise: %s', (_, manifests) => {
    const hosts = advertisedHosts(manifests);
    expect(hosts.length).toBeGreaterThan(6);
    for (const { listener, host } of hosts) {
      const { dnsNames, ipAddresses = [] } = certificateOf(manifests, listener);
      const nodeAddresses = (manifests.model.spec.targets!.kubernetes!.listeners?.vendors?.nodeAddresses ??
        []) as string[];
      const expected = host === '{nodeIp}' ? nodeAddresses : [host];
      const uncovered = expected.filter(
        (name) => !ipAddresses.includes(name) && !dnsNames.some((pattern: string) => covers(pattern, name)),
      );
      expect(uncovered).toEqual([]);
    }
    for (const listener of manifests.model.listeners) {
      const { dnsNames, ipAddresses = [] } = certificateOf(manifests, listener.kafkaName);
      for (const host of outsideHosts(manifests.model, listener)) {
        expect([...dnsNames, ...ipAddresses].some((pattern: string) => covers(pattern, host))).toBe(true);
      }
    }
  });

  test('is one for brokers that are still to come, where only the first part of their names differs', () => {
    expect(nodeCertificateNames(balanced.model).dnsNames.slice(-2)).toEqual([
      '*.kafka.example.org',
      'kafka.example.org',
    ]);
    expect(nodeCertificateNames(ported.model).ipAddresses).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  test('comes from the issuer that the listener names, is good for a server only, and leaves that of the nodes alone', () => {
    const [vendors] = signed.model.listeners.filter(({ name }) => name === 'vendors');
    expect(signed.get('Certificate', 'small-vendors-tls').spec).toEqual({
      secretName: 'small-vendors-tls',
      dnsNames: listenerCertificateNames(signed.model, vendors!).dnsNames,
      privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' },
      usages: ['digital signature', 'server auth'],
      issuerRef: { name: 'company', kind: 'ClusterIssuer' },
    });
    expect(listenerCertificateNames(signed.model, vendors!).dnsNames).toEqual([
      'brokers-0.example.org',
      'brokers-1.example.org',
      'brokers-2.example.org',
      'kafka.example.org',
    ]);
    expect(nodeCertificateNames(signed.model).dnsNames.join()).not.toContain('example.org');
    const properties = signed.get('ConfigMap', 'small-brokers-config').data['server-100.properties'];
    expect(properties).toContain('\nlistener.name.vendors.ssl.keystore.location=/run/kafka/keystore-vendors.pem\n');
    const { volumes } = signed.get('StatefulSet', 'small-brokers').spec.template.spec;
    expect(volumes).toContainEqual({
      name: 'tls-vendors',
      secret: {
        secretName: 'small-vendors-tls',
        defaultMode: 0o440,
        items: [
          { key: 'tls.crt', path: 'tls.crt' },
          { key: 'tls.key', path: 'tls.key' },
        ],
      },
    });
  });

  test('may be a Secret of somebody else', () => {
    const given = outsideBy(
      "expose: load-balancer, host: 'b{id}.kafka.example.org', bootstrapHost: kafka.example.org, certificate: wildcard",
    );
    expect(given.ofKind('Certificate').map(({ metadata }) => metadata.name)).not.toContain('small-vendors-tls');
    const { volumes } = given.get('StatefulSet', 'small-brokers').spec.template.spec;
    expect(volumes.find(({ name }: Manifest) => name === 'tls-vendors').secret.secretName).toBe('wildcard');
  });
});
