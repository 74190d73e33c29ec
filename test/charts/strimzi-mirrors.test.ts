import { strimziParts } from '../../charts/strimzi';
import { modelOfText } from '../support/environments';
import type { Manifest } from '../support/manifests';
import { MIRROR, mirrorsText, sourceText } from '../support/mirror-environments';

const FAR = `{ source: { bootstrapServers: 'far.example:9093', authentication: mtls, authority: public }, topics: ['*'],
  topicNaming: identical, deliveryGuarantee: at-least-once, tasksMax: 4, state: stopped }`;
const IAM = "{ source: { bootstrapServers: 'b-1.example:9098', authentication: iam }, topics: [clicks] }";

const partsOf = (mirrors: string) =>
  strimziParts(
    modelOfText(mirrorsText(mirrors, 'mirrorMaker: { replicas: 3, cpu: 750m }'), {
      files: { 'dc1.yaml': sourceText() },
    }),
  );

describe('mirrors as resources of Strimzi', () => {
  const { objects, issues, report } = partsOf(`{ dc1: ${MIRROR}, far: ${FAR}, cloud: ${IAM} }`);
  const { spec } = objects.find(({ kind }) => kind === 'KafkaMirrorMaker2') as Manifest;
  const [dc1, far] = spec.mirrors;

  test('are one KafkaMirrorMaker2, with a user that has the rights of the workers', () => {
    expect(spec).toMatchObject({
      replicas: 3,
      resources: { requests: { cpu: '750m' } },
      target: { alias: 'small', groupId: 'small-mirror', authentication: { username: 'small-mirror' } },
    });
    expect(spec.target.config['exactly.once.source.support']).toBe('enabled');
    const user = objects.find(({ kind, metadata }) => kind === 'KafkaUser' && metadata.name === 'small-mirror');
    expect(JSON.stringify(user!.spec)).toContain('"name":"mm2-offset-syncs.dc1.internal"');
  });

  test('log in at each source with its secret, by fields of the resource', () => {
    expect(dc1.source).toEqual({
      alias: 'dc1',
      bootstrapServers: 'dc1-internal-bootstrap.dc1.svc.cluster.local:9092',
      tls: { trustedCertificates: [{ secretName: 'small-mirror-dc1', certificate: 'ca.crt' }] },
      authentication: {
        type: 'scram-sha-512',
        username: 'reader',
        passwordSecret: { secretName: 'small-mirror-dc1', password: 'password' },
      },
    });
    expect(far.source).toMatchObject({ tls: { trustedCertificates: [] }, authentication: { type: 'tls' } });
  });

  test('copy as the connectors of the plain manifests do', () => {
    expect(dc1).toMatchObject({ topicsPattern: 'orders,shop\\..*', groupsPattern: '.*' });
    expect(dc1.sourceConnector.config).toMatchObject({
      'exactly.once.support': 'required',
      'offset-syncs.topic.location': 'target',
      'replication.policy.class': 'org.apache.kafka.connect.mirror.DefaultReplicationPolicy',
    });
    expect(far.sourceConnector).toMatchObject({ tasksMax: 4, state: 'stopped' });
    expect(far.checkpointConnector.config['sync.group.offsets.enabled']).toBe('true');
    expect(JSON.stringify([dc1.sourceConnector, dc1.checkpointConnector])).not.toContain('cluster.bootstrap');
  });

  test('are left out, and told, where the operator cannot log in', () => {
    expect(spec.mirrors).toHaveLength(2);
    expect(issues.filter(({ code }) => code === 'STRIMZI-MIRROR').map(({ path }) => path)).toEqual([
      'mirrors.cloud.source.bootstrapServers',
      'mirrors.cloud.source.authentication',
      'mirrors.cloud.topics',
    ]);
    expect(report).toContain('no heartbeats');
    expect(partsOf(`{ cloud: ${IAM} }`).objects.map(({ kind }) => kind)).not.toContain('KafkaMirrorMaker2');
  });
});
