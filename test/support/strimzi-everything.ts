/** An environment on Kubernetes with every key that a file of this target may have, and each value other than its default. */
export const EVERYTHING = `name: whole
description: everything there is
target: kubernetes
owns: { topics: [orders, clicks, gone, 'shop.*'], principals: [billing, shop, store, portal, open, former] }
kafka:
  version: '4.3.1'
  clusterId: MkU3OEVBNTcwNTJENDM2Qg
  config:
    num.network.threads: 5
    sasl.oauthbearer.jwks.endpoint.url: https://id.example/keys
    ssl.endpoint.identification.algorithm: ''
nodePools:
  controllers: { roles: [controller], replicas: 3, volumes: [{ size: 21GiB }], nodeIds: { start: 7 }, heap: 700MiB, memory: 3GiB }
  brokers: { roles: [broker], replicas: 6, volumes: [{ size: 220GiB }, { size: 230GiB }], memory: 9GiB, config: { num.io.threads: 9 } }
racks: [zone-a, zone-b, zone-c]
listeners:
  internal: { authentication: scram-sha-512, port: 9095 }
  secure: { authentication: mtls }
  sso: { authentication: oauthbearer, port: 9096 }
  open: { authentication: none, encryption: none, port: 9099, access: unrestricted }
topicDefaults:
  { partitions: 5, replicationFactor: 3, minInSyncReplicas: 2, cleanupPolicy: [delete], retention: { time: 8d, bytesPerPartition: 10GiB }, config: { segment.ms: 21600000 } }
topics:
  orders: { partitions: 7, replicationFactor: 4, minInSyncReplicas: 3, cleanupPolicy: [compact, delete], retention: { time: 31d, bytesPerPartition: 20GiB }, config: { compression.type: zstd }, description: order events, load: { produce: 1MiB/s, consumerGroups: 2 } }
  clicks: {}
  gone: { deleted: { reason: nobody reads it } }
principals:
  billing:
    listener: internal
    users: { billing-a: { password: { secret: billing-login, key: first } }, billing-b: { deleted: { reason: rotated } } }
    consume: { topics: [orders], groups: [billing] }
    rack: zone-a
    quota: { producerByteRate: 1MiB/s, consumerByteRate: 2MiB/s, requestPercentage: 12.5, controllerMutationRate: 3 }
  shop: { listener: secure, commonName: shop.example, produce: { topics: [orders], transactionalIds: [shop-1] } }
  store: { listener: internal, password: { secret: store-login, key: second }, produce: { topics: [clicks] } }
  portal: { listener: sso, acls: [{ topics: [clicks], groups: [portal], transactionalIds: [portal-1], operations: [describe], host: 10.0.0.7, permission: deny }, { cluster: true, topics: [orders], operations: [describe-configs] }] }
  open: { listener: open, consume: { topics: [clicks], groups: [open] } }
  former: { deleted: { reason: left } }
quotas:
  defaultUser: { producerByteRate: 3MiB/s, consumerByteRate: 4MiB/s, requestPercentage: 50.5, controllerMutationRate: 4 }
  defaultClient: { producerByteRate: 5MiB/s, consumerByteRate: 6MiB/s, requestPercentage: 60, controllerMutationRate: 5 }
  defaultAddress: { connectionCreationRate: 7 }
  clients:
    app: { producerByteRate: 7MiB/s, consumerByteRate: 8MiB/s, requestPercentage: 70, controllerMutationRate: 6 }
    old: { deleted: { reason: replaced } }
  addresses:
    10.0.0.8: { connectionCreationRate: 8 }
    10.0.0.9: { deleted: { reason: moved } }
mirrors:
  far: { source: { bootstrapServers: 'far.example:9093', authentication: scram-sha-512, username: reader, encryption: none, secret: far-login, rack: zone-f }, topics: [orders, 'far.*'], groups: [billing], topicNaming: identical, tasksMax: 3, deliveryGuarantee: at-least-once, maxTimeLag: 10m, state: stopped, config: { offset.lag.max: 50 } }
  wide: { source: { bootstrapServers: 'wide.example:9093', authentication: mtls, authority: public }, topics: ['wide.*'] }
  past: { source: { bootstrapServers: 'past.example:9093', authentication: mtls }, topics: [orders], deleted: { reason: moved } }
  cloud: { source: { bootstrapServers: 'cloud.example:9098', authentication: iam, iamRole: 'arn:aws:iam::111122223333:role/reader' }, topics: [orders] }
secrets:
  far-login: { id: far-credentials }
  billing-login: { provider: kubernetes, id: billing-credentials }
  store-login: { id: store-credentials }
  db: { id: db-credentials }
  spare: { id: spare-credentials }
connect:
  runtime: workers
  replicas: 3
  memory: 3GiB
  listener: internal
  config: { offset.flush.interval.ms: 10001, rest.extension.classes: org.example.Extension }
  plugins: { pg: { maven: 'io.debezium:debezium-connector-postgres:3.6.0.Final' } }
  connectors:
    from-db: { plugin: pg, class: org.example.Source, tasksMax: 2, state: paused, principal: store, config: { topic.prefix: shop }, secretConfig: { password: { secret: db, key: pw } } }
    former: { deleted: { reason: done } }
capacity: { survive: node, maxDiskUtilization: 0.71, maxNetworkUtilization: 0.72, network: 1GiB/s }
monitoring:
  notify: { critical: oncall, warning: team }
  lag: { billing: { maxTimeLag: 5m, maxOffsetLag: 1000 } }
  metrics: true
  metricsPort: 9406
reconcile: { quietBeforeDelete: 3d, replicationThrottle: 40MiB/s, partitionsPerWave: 40, spread: never, unpinned: report, scramIterations: 9000 }
acknowledge:
  - { code: LOCK-PARTITIONS, path: topics.clicks.partitions, from: 3, to: 5, reason: growth }
targets:
  kubernetes:
    version: '1.35'
    namespace: kafka
    clusterDomain: cluster.example
    storageClass: gp3
    rackSource: statefulset-per-zone
    certificates: cert-manager
    listeners:
      internal: { expose: load-balancer, host: 'b{id}.kafka.example', bootstrapHost: kafka.example, port: 9195, loadBalancerClass: service.k8s.aws/nlb, nodePorts: none, dnsRecords: external-dns, annotations: { team: shop }, sourceRanges: [10.0.0.0/8], proxyRanges: [10.1.0.0/16], issuer: { name: corporate, kind: ClusterIssuer, group: cert-manager.io } }
      secure: { expose: tls-route, host: 'b{id}.route.example', bootstrapHost: route.example, gateway: { name: edge, namespace: gateways, section: kafka, apiVersion: v1, proxyNamespace: proxies, proxyLabels: { app: proxy } }, certificate: secure-certificate }
      sso: { expose: node-port, host: '{nodeIp}', firstNodePort: 30000, bootstrapNodePort: 32500, nodeAddresses: [192.0.2.1] }
    mirrorMaker: { replicas: 3, memory: 3GiB, cpu: 700m, listener: secure, iamRole: 'arn:aws:iam::111122223333:role/mirror', config: { offset.flush.interval.ms: 10002, rest.extension.classes: org.example.Extension } }
    connect: { cpu: 600m, restart: { attempts: 4, schedule: '*/9 * * * *' } }
    exporter: true
    drift: { schedule: '17 * * * *', action: repair, timeZone: Europe/Berlin }
    pods:
      brokers: { cpu: { request: '2', limit: '5' }, priorityClass: kafka, nodeSelector: { disk: nvme }, tolerations: [{ key: dedicated, value: kafka, effect: NoSchedule }], evictAfter: 1h, hosts: one-each, annotations: { note: any }, labels: { team: data }, readyFor: 65s }
    images:
      kafka: registry.example/kafka:4.3.1
      tools: registry.example/tools:1
      pullSecrets: [registry-login]
      jmxExporter: { image: 'registry.example/jmx:1', path: /opt/jmx-2, delivery: init-container }
      plugins: { pg: { image: 'registry.example/pg:1', path: /opt/plugins-2/pg, delivery: init-container } }
    strimzi:
      version: '1.2'
      kafkaImage: registry.example/strimzi-kafka:1
      connectBuild: { image: 'registry.example/connect:1', pushSecret: registry-push }
`;
