import { MSK_SHARING_RULES } from '../../../lib/core/rules/msk-sharing';
import { testRules } from '../../support/rule-cases';

const ROLE = 'arn:aws:iam::444455556666:role/analytics';
const theirs = `topics: { orders: {} }
principals: { theirs: { listener: internal, iamRole: "${ROLE}", consume: { topics: [orders] } } }`;
const msk = (text: string): string => `targets: { msk: { ${text} } }`;

describe('the rules of sharing a cluster of Amazon MSK', () => {
  testRules(
    MSK_SHARING_RULES,
    [
      ['another account', 'msk', msk('sharedWith: ["444455556666"]'), []],
      ['its own account', 'msk', msk('sharedWith: ["111122223333"]'), ['MSK-SHARED-WITH targets.msk.sharedWith[0]']],
      [
        'an account twice',
        'msk',
        msk('sharedWith: ["444455556666", "444455556666"]'),
        ['MSK-SHARED-WITH targets.msk.sharedWith[1]'],
      ],
      ['a role of another account', 'msk', theirs, []],
      ['a role of another account on Serverless', 'serverless', theirs, ['MSK-FOREIGN-ROLE principals.theirs.iamRole']],
      [
        'a role of another account where its own is not known',
        'msk',
        `${theirs}\naws: { account: null }`,
        ['MSK-FOREIGN-ROLE principals.theirs.iamRole'],
      ],
      ['public access', 'msk', msk('publicAccess: true'), ['MSK-PUBLIC-ACCESS targets.msk.publicAccess']],
      ['dual stack', 'msk', msk('networkType: DUAL'), ['MSK-NETWORK-TYPE targets.msk.networkType']],
      [
        'names of its own',
        'msk',
        msk('customDns: { domain: kafka.example }'),
        ['MSK-CUSTOM-DNS targets.msk.customDns'],
      ],
    ],
    [],
  );
});
