import { ACL_RULES } from './acls';
import { ALARM_RULES } from './alarms';
import { APPLICATION_RIGHT_RULES } from './application-rights';
import { APPLICATION_RULES } from './applications';
import { AWS_RULES } from './aws';
import { CAPACITY_RULES } from './capacity';
import { CONNECT_RULES } from './connect';
import { EC2_RULES } from './ec2';
import { HOST_PLACE_RULES } from './host-places';
import { HOST_RULES } from './hosts';
import { KUBERNETES_RULES } from './kubernetes';
import { KUBERNETES_ADDRESS_RULES } from './kubernetes-addresses';
import { KUBERNETES_IMAGE_RULES } from './kubernetes-images';
import { KUBERNETES_LISTENER_RULES } from './kubernetes-listeners';
import { KUBERNETES_CONNECT_RULES } from './kubernetes-connect';
import { KUBERNETES_POD_RULES } from './kubernetes-pods';
import { KUBERNETES_VERSION_RULES } from './kubernetes-versions';
import { MIRROR_SOURCE_RULES } from './mirror-sources';
import { MIRROR_RULES } from './mirrors';
import { LISTENER_RULES } from './listeners';
import { LOCK_RULES } from './lock';
import { MONITORING_RULES } from './monitoring';
import { MSK_RULES } from './msk';
import { MSK_CONNECT_RULES } from './msk-connect';
import { MSK_MULTI_VPC_RULES } from './msk-multi-vpc';
import { MSK_REPLICATOR_RULES } from './msk-replicator';
import { MSK_SHARING_RULES } from './msk-sharing';
import { NODE_RULES } from './nodes';
import { OPTION_RULES } from './options';
import { PODS_RULES } from './pods';
import { PRINCIPAL_RULES } from './principals';
import { QUORUM_RULES } from './quorum';
import { QUOTA_RULES } from './quotas';
import { REPLICATION_RULES } from './replication';
import { RETENTION_RULES } from './retention';
import { OWNS_RULES } from './owns';
import type { Rule } from './rule';
import { SECRET_RULES } from './secrets';
import { SPREAD_RULES } from './spread';
import { STRIMZI_RULES } from './strimzi';
import { STRIMZI_LEFT_OUT_RULES } from './strimzi-left-out';
import { STRIMZI_SECTION_RULES } from './strimzi-sections';
import { TARGET_RULES } from './targets';
import { TOPIC_RULES } from './topics';
import { USER_RULES } from './users';

/** Every rule, by family, in the order of RULES.md. */
export const RULE_FAMILIES: readonly { readonly family: string; readonly rules: readonly Rule[] }[] = [
  { family: 'Replication', rules: REPLICATION_RULES },
  { family: 'Quorum', rules: QUORUM_RULES },
  { family: 'Nodes', rules: NODE_RULES },
  { family: 'Topics', rules: TOPIC_RULES },
  { family: 'Retention', rules: RETENTION_RULES },
  { family: 'Listeners', rules: LISTENER_RULES },
  { family: 'Principals', rules: [...PRINCIPAL_RULES, ...USER_RULES] },
  { family: 'ACLs', rules: ACL_RULES },
  { family: 'Quotas', rules: QUOTA_RULES },
  { family: 'Files that share a cluster', rules: OWNS_RULES },
  { family: 'Secrets', rules: SECRET_RULES },
  { family: 'Connect and mirrors', rules: [...CONNECT_RULES, ...MIRROR_RULES, ...MIRROR_SOURCE_RULES] },
  { family: 'Applications', rules: [...APPLICATION_RULES, ...APPLICATION_RIGHT_RULES] },
  { family: 'Monitoring', rules: [...MONITORING_RULES, ...ALARM_RULES] },
  { family: 'Targets', rules: TARGET_RULES },
  { family: 'EC2', rules: EC2_RULES },
  { family: 'Amazon MSK', rules: [...MSK_RULES, ...MSK_MULTI_VPC_RULES, ...MSK_SHARING_RULES, ...SPREAD_RULES] },
  { family: 'MSK Connect', rules: MSK_CONNECT_RULES },
  { family: 'MSK Replicator', rules: MSK_REPLICATOR_RULES },
  { family: 'AWS', rules: AWS_RULES },
  { family: 'Hosts', rules: [...HOST_RULES, ...HOST_PLACE_RULES] },
  {
    family: 'Kubernetes',
    rules: [
      ...KUBERNETES_VERSION_RULES,
      ...KUBERNETES_RULES,
      ...KUBERNETES_LISTENER_RULES,
      ...KUBERNETES_ADDRESS_RULES,
      ...KUBERNETES_POD_RULES,
    ],
  },
  { family: 'Images', rules: KUBERNETES_IMAGE_RULES },
  { family: 'Connect on Kubernetes', rules: KUBERNETES_CONNECT_RULES },
  { family: 'Pods for brokers elsewhere', rules: PODS_RULES },
  { family: 'Options', rules: OPTION_RULES },
  { family: 'Capacity', rules: CAPACITY_RULES },
  { family: 'Lock', rules: LOCK_RULES },
];

export const RULES: readonly Rule[] = RULE_FAMILIES.flatMap(({ rules }) => rules);

/** Rules of another way to render a target: `kdk validate` does not ask for them, rendering that way does. */
export const BACKEND_RULES = {
  strimzi: [...STRIMZI_RULES, ...STRIMZI_LEFT_OUT_RULES, ...STRIMZI_SECTION_RULES] as readonly Rule[],
} as const;

/** The same by family, for RULES.md. */
export const BACKEND_FAMILIES: readonly { readonly family: string; readonly rules: readonly Rule[] }[] = [
  { family: 'Strimzi (kdk render --backend strimzi)', rules: BACKEND_RULES.strimzi },
];
