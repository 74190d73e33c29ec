import { mskInstanceType } from '../capacity';
import { multiVpcProblems } from '../msk/multi-vpc';
import type { Rule } from './rule';

/** Clients of a cluster on Amazon MSK that live in other VPCs. */
export const MSK_MULTI_VPC_RULES: readonly Rule[] = [
  {
    code: 'MSK-MULTI-VPC',
    level: 'error',
    what: 'Multi-VPC connectivity is for authentications of the cluster but none, on brokers other than kafka.t3.small, and closed to those without ACLs where it is not for iam.',
    why: 'The service refuses it otherwise, after the cluster was made.',
    source: 'Amazon MSK developer guide, Multi-VPC private connectivity, requirements and limitations',
    check(model, report) {
      const msk = model.spec.targets?.msk;
      if (model.target !== 'msk' || msk?.multiVpc === undefined) return;
      const problems = multiVpcProblems({
        wanted: msk.multiVpc,
        authentications: model.listeners.map(({ authentication }) => authentication),
        instanceType: mskInstanceType(msk.brokerType, msk.instanceType),
        option: (name) => model.brokerConfig.get(name)?.value,
      });
      for (const { index, message, hint } of problems) {
        report({
          path: ['targets', 'msk', 'multiVpc', ...(index === undefined ? [] : [index])],
          message,
          hint,
        });
      }
    },
  },
];
