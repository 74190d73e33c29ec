import { KafkaEnvironment } from 'kafka-deployment-kit';
import {
  applyPlan,
  connectAdmin,
  makePlan,
  parseDesired,
  planLines,
  type ApplyReport,
} from 'kafka-deployment-kit/reconciler';
import { join } from 'node:path';

/** Makes the cluster behind these addresses what the environment says. */
export async function reconcile(bootstrapServers: string[]): Promise<ApplyReport> {
  const environment = KafkaEnvironment.fromFile(join(__dirname, 'environment.yaml'));
  const read = parseDesired(environment.desiredStateJson());
  if ('problem' in read) throw new Error(read.problem);

  const admin = await connectAdmin({ bootstrapServers });
  try {
    const plan = await makePlan({ admin }, read.desired);
    console.log(planLines(plan).join('\n'));
    return await applyPlan({ admin }, read.desired, plan, { progress: ({ step }) => console.log(step) });
  } finally {
    await admin.close();
  }
}

const [servers] = process.argv.slice(2);
if (require.main === module && servers !== undefined) void reconcile(servers.split(','));
