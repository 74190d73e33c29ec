import { ec2DnsZone, type EnvironmentModel } from '../model';
import { listenerFacts } from './cluster-facts';
import { hostsFacts } from './hosts-facts';
import { kubernetesFacts } from './kubernetes-facts';

/** What a target cannot change later without replacing or losing something, by the path where it is written. */
export function fixedFacts(model: EnvironmentModel): Record<string, string> {
  const { spec, target } = model;
  const facts: Record<string, string | undefined> = {};
  if (target === 'kubernetes') Object.assign(facts, kubernetesFacts(model));
  if (target === 'hosts') Object.assign(facts, hostsFacts(model));
  if (target === 'ec2') {
    Object.assign(facts, listenerFacts(model));
    facts['targets.ec2.dnsZone'] = ec2DnsZone(model.name, spec.targets?.ec2?.dnsZone);
  }
  const serverless = target === 'msk-serverless';
  const service = target === 'msk' || serverless;
  if (service || target === 'ec2') {
    // What is left out is made by the kit: to name one later is another one.
    const made = service ? 'create' : undefined;
    facts['aws.account'] = spec.aws?.account;
    facts['aws.region'] = spec.aws?.region;
    facts['aws.vpc.id'] = spec.aws?.vpc?.id ?? made;
    facts['aws.vpc.subnets'] = spec.aws?.vpc?.subnets?.join(',') ?? made;
    facts['aws.kmsKey'] = spec.aws?.kmsKey ?? (serverless ? undefined : made);
    // Another number moves topics between stacks.
    facts['targets.msk.topicStacks'] =
      spec.targets?.msk?.topicStacks?.toString() ?? (target === 'msk' ? '0' : undefined);
    facts['racks'] = model.racks.join(',');
  }
  if (target === 'msk') {
    const msk = spec.targets?.msk;
    facts['targets.msk.brokerType'] = msk?.brokerType ?? 'standard';
    facts['targets.msk.topicsManagedBy'] = msk?.topicsManagedBy ?? 'cloudformation';
  }
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
