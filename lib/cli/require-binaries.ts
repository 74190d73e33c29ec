import { lookAtHosts, type HostLook } from '../admin/hosts';
import { Failure } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import { isRunning } from '../core/roll';
import { kafkaRelease, type KafkaRelease } from '../core/versions';
import { withHosts, type SshFlags } from './host-shell';
import type { Context } from './outcome';

/**
 * Kafka itself asks the nodes that are up whether they know the features of a release; on hosts those that are down are asked as well, and
 * what each would start with the next time: none may come back with a Kafka that cannot read the log any more.
 */
export async function requireBinaries(
  model: EnvironmentModel,
  release: KafkaRelease,
  { flags, context }: { readonly flags: SshFlags; readonly context: Context },
): Promise<void> {
  if (model.target !== 'hosts') return;
  const { progress } = context;
  const looks = await withHosts(model, { flags, context }, (shell, hosts) =>
    lookAtHosts(shell, hosts, { clusterId: model.clusterId, progress }),
  );
  const older = looks.flatMap((look) => olderThan(release, look));
  if (older.length === 0) return;
  throw new Failure(
    'FEATURES-BINARIES',
    `nodes have yet to get Kafka ${release.version}, got ${older.join(', ')}; each runs with it before features are raised, since there is no way back.`,
    `Run kdk roll ${model.name} until nothing is left, and then this.`,
  );
}

function olderThan(release: KafkaRelease, { host, state }: HostLook): string[] {
  if (state === undefined) return [`${host.name} without a node`];
  const isOlder = (version: string | undefined): boolean =>
    (kafkaRelease(version ?? '')?.metadataLevel ?? 0) < release.metadataLevel;
  const [started, installed] = [state.startedWith, state.installed].map((what) => what.get('Kafka'));
  if (isRunning(state) && isOlder(started)) return [`${host.name} that runs ${named(started)}`];
  return isOlder(installed) ? [`${host.name} that would start with ${named(installed)}`] : [];
}

const named = (version: string | undefined): string =>
  version === undefined ? 'a Kafka that is not known' : `Kafka ${version}`;
