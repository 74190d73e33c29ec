import { overridePath } from './hint';
import type { Rule } from './rule';

type Refused = 'publicAccess' | 'networkType' | 'customDns';

/** Ways into a cluster that the service has and the kit has not: known by name, so that nobody takes silence for a yes. */
function refusedForNow(code: string, key: Refused, words: { what: string; why: string; hint: string }): Rule {
  const { what, why, hint } = words;
  return {
    code,
    level: 'error',
    what,
    why,
    source: 'Amazon MSK developer guide, Access to a cluster; docs/decisions/0075-sharing-a-cluster.md',
    check(model, report) {
      const value = model.spec.targets?.msk?.[key];
      if (model.target !== 'msk' || value === undefined) return;
      report({
        path: ['targets', 'msk', key],
        message: `the kit does not do this yet, got ${key}: ${JSON.stringify(value)}; nothing is allowed here.`,
        hint,
      });
    },
  };
}

/** Who reaches a cluster of Amazon MSK from elsewhere: other accounts, other VPCs, the internet. */
export const MSK_SHARING_RULES: readonly Rule[] = [
  {
    code: 'MSK-SHARED-WITH',
    level: 'error',
    what: 'sharedWith names other accounts than that of the cluster, each once.',
    why: 'Identities of its own account need no policy of the cluster; one that names them lets in more than their own policies do.',
    source: 'Amazon MSK developer guide, Attach a cluster policy',
    check(model, report) {
      const accounts = model.spec.targets?.msk?.sharedWith ?? [];
      if (model.target !== 'msk') return;
      const { account } = model.spec.aws ?? {};
      for (const [index, id] of accounts.entries()) {
        const path = ['targets', 'msk', 'sharedWith', index];
        if (id === account)
          report({
            path,
            message: `the account owns the cluster, got "${id}"; other accounts are allowed.`,
            hint: 'Remove it.',
          });
        else if (accounts.indexOf(id) < index)
          report({ path, message: `the account is named twice, got "${id}"; once is allowed.`, hint: 'Remove one.' });
      }
    },
  },
  {
    code: 'MSK-FOREIGN-ROLE',
    level: 'error',
    what: 'A role of another account is a principal of provisioned brokers only, and the environment says which account is its own.',
    why: 'Only the policy of the cluster lets another account in, and the connections that such clients come through are for provisioned brokers.',
    source: 'Amazon MSK developer guide, Multi-VPC private connectivity in a single Region',
    check(model, report) {
      if (model.managedBy !== 'service' || model.spec.aws === undefined) return;
      const { account } = model.spec.aws;
      if (model.target === 'msk' && account !== undefined) return;
      for (const { name } of model.principals) {
        const role = model.spec.principals?.[name]?.iamRole;
        const theirs = /^arn:[^:]+:iam::(\d{12}):/.exec(role ?? '')?.[1];
        if (theirs === undefined || theirs === account) continue;
        const path = ['principals', name, 'iamRole'];
        report({
          path,
          message: `not a role of the account of the cluster, got ${role}; a role of ${account ?? 'aws.account'} is allowed.`,
          hint:
            model.target === 'msk'
              ? 'Add aws.account.'
              : `Let the client assume a role of that account, or write ${overridePath(model, path)}.`,
        });
      }
    },
  },
  refusedForNow('MSK-PUBLIC-ACCESS', 'publicAccess', {
    what: 'Brokers are not reached from the internet.',
    why: 'Public access needs public subnets, Elastic IP addresses and a switch that the service takes only once the cluster is there; until the kit does all of it, half of it would be a cluster that is open to more than was meant.',
    hint: 'Remove it; clients elsewhere come through a VPN, AWS Direct Connect, or a VPC connection (sharedWith).',
  }),
  refusedForNow('MSK-NETWORK-TYPE', 'networkType', {
    what: 'Brokers have IPv4 addresses.',
    why: 'The service takes dual stack only once the cluster is there, and needs subnets with IPv6 ranges, which the network of the kit has not.',
    hint: 'Remove it; brokers then have IPv4 addresses.',
  }),
  refusedForNow('MSK-CUSTOM-DNS', 'customDns', {
    what: 'Brokers have the names that the service gives them.',
    why: 'Names of your own need custom.advertised.listeners for every broker, load balancers, certificates and records in DNS that fit together.',
    hint: 'Remove it; use the bootstrap servers that the stack gives out.',
  }),
];
