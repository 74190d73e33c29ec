import type { EnvironmentModel } from '../../core/model';
import type { FeatureDescription, QuorumDescription } from '../port';
import { listSome, ok, warning, wrong, type VerifyCheck } from './check';

/** Voters fetch every half second or less even when idle; 10 s is five times the quorum's own time-out. */
const LONGEST_BEHIND_MS = 10_000;

/** Directory ids are not compared: a controller that lost its disk joins again under a fresh one, and is right to. */
export function checkQuorum(model: EnvironmentModel, quorum: QuorumDescription): VerifyCheck[] {
  const leader: VerifyCheck =
    quorum.leaderId >= 0
      ? ok({ id: 'QUORUM-LEADER', evidence: `controller ${quorum.leaderId}, epoch ${quorum.epoch}` })
      : wrong(
          { id: 'QUORUM-LEADER', evidence: 'no controller leads the quorum' },
          'More than half of the controllers must be up and reach each other.',
        );
  return [leader, checkVoters(model, quorum), checkLag(quorum)];
}

function checkVoters(model: EnvironmentModel, { voters, observers }: QuorumDescription): VerifyCheck {
  const id = 'QUORUM-VOTERS';
  const ids = voters.map((voter) => voter.id);
  const evidence = `voters ${ids.join(', ')}`;
  if (model.managedBy === 'service') return ok({ id, evidence });
  const declared = model.nodes.filter(({ roles }) => roles.includes('controller')).map((node) => node.id);
  const missing = declared.filter((controller) => !ids.includes(controller));
  const extra = ids.filter((voter) => !declared.includes(voter));
  if (missing.length === 0 && extra.length === 0) return ok({ id, evidence });
  const waiting = missing.filter((controller) => observers.some((observer) => observer.id === controller));
  const problems = [
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...(waiting.length > 0 ? [`only observing: ${waiting.join(', ')}`] : []),
    ...(extra.length > 0 ? [`not declared: ${extra.join(', ')}`] : []),
  ];
  return wrong(
    { id, evidence: `${evidence}; ${problems.join('; ')}` },
    extra.length > 0
      ? 'Remove voters that are gone with kafka-metadata-quorum remove-controller.'
      : 'Add the controllers with kafka-metadata-quorum add-controller.',
  );
}

function checkLag({ voters }: QuorumDescription): VerifyCheck {
  const behind = voters.filter(({ behindMs }) => behindMs === undefined || behindMs > LONGEST_BEHIND_MS);
  if (behind.length === 0) {
    const lag = Math.max(0, ...voters.map((voter) => voter.lag));
    return ok({ id: 'QUORUM-LAG', evidence: `every voter keeps up, at most ${lag} records behind` });
  }
  const described = behind.map(({ id, lag, behindMs }) =>
    behindMs === undefined ? `${id} never` : `${id} not for ${Math.round(behindMs / 1000)} s, ${lag} records behind`,
  );
  return wrong(
    { id: 'QUORUM-LAG', evidence: `voters that do not keep up with the leader: ${listSome(described)}` },
    'Start these controllers, or read their logs; until then fewer failures are survived.',
  );
}

export function checkMetadataVersion(model: EnvironmentModel, features: readonly FeatureDescription[]): VerifyCheck {
  const id = 'METADATA-VERSION';
  const level = features.find(({ name }) => name === 'metadata.version')?.level;
  const { metadataVersion, metadataLevel } = model.kafka;
  const wanted = `${metadataVersion} is level ${metadataLevel}`;
  if (level === undefined)
    return warning({ id, evidence: `the cluster tells no metadata.version; ${wanted}` }, 'Check that it runs KRaft.');
  if (level === metadataLevel) return ok({ id, evidence: `level ${level}, ${metadataVersion}` });
  if (level < metadataLevel)
    return warning(
      { id, evidence: `level ${level}; ${wanted}` },
      `Once every node runs ${model.kafka.patch} and has for some days: kafka-features upgrade --release-version ${model.kafka.version}.`,
    );
  return wrong(
    { id, evidence: `level ${level}; ${wanted}` },
    'The cluster is newer than the environment: nodes of this version could not start any more. Raise kafka.version.',
  );
}
