import { Token } from 'aws-cdk-lib/core';
import type { PropertyProblem } from '../../aws/private/construct-failure';

export interface PolicyFacts {
  readonly accounts: readonly string[];
  readonly principalArns: readonly string[];
  /** Of the cluster; undefined while it is not known. */
  readonly account: string | undefined;
}

/** What `kafka:PutClusterPolicy` would refuse, or what would let in more than is meant. */
export function policyProblems({ accounts, principalArns, account }: PolicyFacts): PropertyProblem[] {
  return [
    ...accounts.flatMap((id, index): PropertyProblem[] => {
      const property = `accounts[${index}]`;
      if (Token.isUnresolved(id)) return [];
      if (!/^\d{12}$/.test(id))
        return [
          {
            property,
            message: `not an account of AWS, got "${id}"; 12 digits are allowed.`,
            hint: 'Name the account; everybody (*) cannot be let in.',
          },
        ];
      if (accounts.indexOf(id) < index)
        return [{ property, message: `the account is named twice, got ${id}; once is allowed.`, hint: 'Remove one.' }];
      if (id !== account) return [];
      return [
        {
          property,
          message: `the account owns the cluster, got ${id}; other accounts are allowed.`,
          hint: 'Remove it: identities of its own account need no cluster policy, their own policies suffice.',
        },
      ];
    }),
    ...principalArns.flatMap((arn, index): PropertyProblem[] => {
      const property = `principalArns[${index}]`;
      if (Token.isUnresolved(arn) || /^arn:aws[\w-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/.test(arn)) return [];
      return [
        {
          property,
          message: `not a role or user, got "${arn}"; the ARN of one, without wildcards, is allowed.`,
          hint: 'Name each of them, or the whole account in accounts.',
        },
      ];
    }),
  ];
}
