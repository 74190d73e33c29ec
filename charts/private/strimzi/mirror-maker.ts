import { clientSecurity, connectListener, mirrorFolder, mirrorWorkers } from '../../../lib/core/config';
import { mirrorSecretName, type EnvironmentModel, type MirrorModel } from '../../../lib/core/model';
import { strimziCarriesMirror } from '../../../lib/core/strimzi';
import { secretFiles } from './connect-secrets';
import { strimziBootstrapServers } from './names';
import { present, strimziObject, type StrimziObject } from './object';
import { connection, internalTopics, workerFields } from './workers';

/** Of a connector of MirrorMaker, what the operator writes out of other fields. */
const OF_FIELDS = /^(source|target)\.cluster\.|^(topics|groups)(\.exclude)?$/;

/** The workers of all mirrors with their connectors: copies and checkpoints. The operator has no heartbeats. */
export function mirrorMaker(model: EnvironmentModel): StrimziObject[] {
  const workers = mirrorWorkers(model);
  const mirrors = model.mirrorMaker?.mirrors.filter(strimziCarriesMirror) ?? [];
  if (workers === undefined || mirrors.length === 0) return [];
  return [
    strimziObject(
      model,
      'KafkaMirrorMaker2',
      model.name,
      present({
        ...workerFields(workers, 'KafkaMirrorMaker2'),
        target: {
          alias: model.name,
          bootstrapServers: strimziBootstrapServers(workers, connectListener(workers)),
          ...internalTopics(workers),
          ...connection(workers),
        },
        mirrors: mirrors.map((mirror) => mirrorOf(workers, mirror)),
      })!,
    ),
  ];
}

function mirrorOf(workers: EnvironmentModel, mirror: MirrorModel): unknown {
  const configOf = (kind: 'source' | 'checkpoint'): Readonly<Record<string, string>> =>
    workers.connect!.connectors.find(({ name }) => name === `${mirror.name}-${kind}`)!.config;
  const connector = (kind: 'source' | 'checkpoint', tasksMax: number): unknown => ({
    tasksMax,
    state: mirror.state,
    autoRestart: { enabled: true },
    config: Object.fromEntries(
      Object.entries(configOf(kind))
        .filter(([option]) => !OF_FIELDS.test(option))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  });
  const { topics, 'topics.exclude': topicsExcludePattern } = configOf('source');
  const { groups, 'groups.exclude': groupsExcludePattern } = configOf('checkpoint');
  return {
    source: { alias: mirror.alias, bootstrapServers: mirror.source.bootstrapServers, ...login(workers, mirror) },
    sourceConnector: connector('source', mirror.tasksMax),
    checkpointConnector: connector('checkpoint', 1),
    topicsPattern: topics,
    topicsExcludePattern,
    groupsPattern: groups,
    groupsExcludePattern,
  };
}

/** How the workers log in at the source, with what is in the secret of the mirror. */
function login(workers: EnvironmentModel, mirror: MirrorModel): Record<string, unknown> {
  const { authentication, protocol, username, ownAuthority } = mirror.source;
  const secret = mirrorSecretName(workers, mirror);
  const trusted = ownAuthority ? [{ secretName: secret, certificate: 'ca.crt' }] : [];
  const tls = protocol.endsWith('SSL') ? { tls: { trustedCertificates: trusted } } : {};
  switch (authentication) {
    case 'scram-sha-512':
      return {
        ...tls,
        authentication: {
          type: 'scram-sha-512',
          username,
          passwordSecret: { secretName: secret, password: 'password' },
        },
      };
    case 'mtls':
      return {
        ...tls,
        authentication: {
          type: 'tls',
          certificateAndKey: { secretName: secret, certificate: 'tls.crt', key: 'tls.key' },
        },
      };
    case 'oauthbearer': {
      const config = clientSecurity(
        { ...workers, brokerConfig: new Map() },
        { name: 'source', kafkaName: 'SOURCE', authentication, protocol, port: 0 },
        { username, secret: { secret: mirrorFolder(mirror.name), key: 'password' } },
        secretFiles(),
      ).filter(([name]) => name.startsWith('sasl.'));
      return { ...tls, authentication: { type: 'custom', sasl: true, config: Object.fromEntries(config) } };
    }
    default:
      return tls;
  }
}
