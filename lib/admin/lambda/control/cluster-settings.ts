import { Failure } from '../../../core/issue';
import type { MskClusterDescription } from '../../adapters/aws/msk-control-plane';
import type { Answer } from '../cloudformation-event';
import { log } from '../log';
import type { ControlEvent } from './control-properties';
import { UPDATE_ONLY_SETTINGS, type UpdateOnlySetting } from './update-only-settings';
import type { Turn } from './turn';

/** Makes the settings that the service takes only after creation what they are declared to be, one after the other. */
export async function clusterSettings(
  event: ControlEvent<'Custom::KafkaClusterSettings'>,
  turn: Turn,
): Promise<Answer> {
  // The resource goes, the cluster may stay: what its clients use is not switched off behind their back.
  if (event.RequestType === 'Delete') return { status: 'SUCCESS' };
  const done: string[] = [];
  for (const setting of UPDATE_ONLY_SETTINGS) {
    const wanted = setting.wanted(event.ResourceProperties);
    if (wanted !== undefined && (await makeSo(turn, setting, wanted))) done.push(setting.name);
  }
  log(done.length === 0 ? 'everything is as declared' : `changed ${done.join(', ')}`);
  return { status: 'SUCCESS', data: { Changed: done.join(',') } };
}

/** Whether there was anything to do. */
async function makeSo(turn: Turn, setting: UpdateOnlySetting, wanted: readonly string[]): Promise<boolean> {
  let changed = false;
  for (;;) {
    const cluster = await turn.whenActive();
    if (setting.isSo(cluster, wanted)) return changed;
    if (changed) throw withoutEffect(setting, wanted);
    const operation = await begin(turn, setting, wanted, cluster);
    if (operation === undefined) continue;
    await follow(turn, setting, operation);
    changed = true;
  }
}

/** The operation that was begun; undefined where somebody else came first, and the cluster has to be looked at again. */
async function begin(
  turn: Turn,
  setting: UpdateOnlySetting,
  wanted: readonly string[],
  { currentVersion }: MskClusterDescription,
): Promise<string | undefined> {
  try {
    return await turn.msk.updateConnectivity(turn.clusterArn, currentVersion, setting.request(wanted));
  } catch (error) {
    const now = await turn.msk.describe(turn.clusterArn);
    if (now.state === 'ACTIVE' && now.currentVersion === currentVersion) throw error;
    log(`${setting.name}: another change came first, got ${error instanceof Error ? error.message : String(error)}`);
    await turn.pause('another change of the cluster', 1_000);
    return undefined;
  }
}

async function follow(turn: Turn, setting: UpdateOnlySetting, operation: string): Promise<void> {
  log(`${setting.name}: ${operation}`);
  for (;;) {
    const { state, error } = await turn.msk.operation(operation);
    if (state === 'UPDATE_COMPLETE') return;
    if (state.endsWith('FAILED')) {
      throw new Failure(
        'MSK-SETTING-FAILED',
        `Amazon MSK could not change ${setting.name}, got ${error ?? state}; UPDATE_COMPLETE is needed.`,
        'Look at the operations of the cluster, then deploy again.',
      );
    }
    await turn.pause(`the change of ${setting.name}, which is ${state}`);
  }
}

function withoutEffect(setting: UpdateOnlySetting, wanted: readonly string[]): Failure {
  return new Failure(
    'MSK-SETTING-FAILED',
    `the change of ${setting.name} is complete and shows no effect, got another value than ${wanted.join(', ') || 'none'}; that is needed.`,
    'Look at the operations of the cluster: somebody may have changed it back.',
  );
}
