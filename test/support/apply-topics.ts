import { applyPlan, makePlan, type AdminPort, type ApplyReport } from '../../lib/admin';
import type { Progress } from '../../lib/core/issue';
import type { EnvironmentModel, TopicModel } from '../../lib/core/model';
import { desiredState } from '../../lib/core/plan';

/** Makes these topics of a cluster what they are declared to be, and leaves what needs an acknowledgement. */
export async function applyTopics(
  admin: AdminPort,
  { model, topics }: { readonly model: EnvironmentModel; readonly topics: readonly TopicModel[] },
  progress: Progress = () => undefined,
): Promise<ApplyReport> {
  const desired = desiredState({ ...model, topics, deletedTopics: [] });
  return applyPlan({ admin }, desired, await makePlan({ admin }, desired), { progress, held: 'skip' });
}
