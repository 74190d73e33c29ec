import { findOptionIssues, type OptionCode } from './option-issues';
import type { Rule } from './rule';

type Text = Pick<Rule, 'what' | 'why' | 'source'>;

const CONFIG_DEF = "Kafka's own ConfigDef of the version, read by tools/catalogue";

const TEXTS: Readonly<Record<OptionCode, Text>> = {
  'OPTION-UNKNOWN': {
    what: 'Every option below config is one that the Kafka version has.',
    why: 'A broker starts with an option that it does not know, without a word in its log, and goes on with the default.',
    source: `${CONFIG_DEF}; seen on 4.3.1`,
  },
  'OPTION-VALUE': {
    what: 'The value of an option has its type, range and words.',
    why: 'A broker with a wrong value does not start; a topic with one is not created (INVALID_CONFIG).',
    source: CONFIG_DEF,
  },
  'OPTION-OWNED': {
    what: 'An option that follows from another key of the environment is not written below config.',
    why: 'Two places that say one thing will disagree one day, and then the nodes, the clients and the checks do not agree.',
    source: 'Kafka Deployment Kit: owned options',
  },
  'OPTION-REMOVED': {
    what: 'An option is one that the Kafka version still has.',
    why: 'The broker ignores it without a word; a topic with it is refused, and one that kept it refuses every later change.',
    source: `${CONFIG_DEF}; upgrade notes; KAFKA-19851`,
  },
  'OPTION-TOO-NEW': {
    what: 'An option is one that the Kafka version already has.',
    why: 'The broker ignores it without a word, so what it should do is not done.',
    source: CONFIG_DEF,
  },
  'OPTION-NOT-SETTABLE': {
    what: 'An option is one that the target lets its customers set, with a value that the target takes.',
    why: 'The service refuses the whole configuration, or the topic, when it is deployed.',
    source: 'Amazon MSK Developer Guide, read 2026-11-23: custom configurations, Express brokers, MSK Serverless',
  },
  'OPTION-SECRET': {
    what: 'An option that holds a secret is not written in an environment.',
    why: 'Environments are committed, and whoever reads the repository then has the secret.',
    source: "Kafka's type PASSWORD",
  },
};

/** Every free `config` key of brokers, topics and Connect workers, against the option catalogue. */
export const OPTION_RULES: readonly Rule[] = (Object.keys(TEXTS) as OptionCode[]).map((code) => ({
  code,
  level: 'error',
  ...TEXTS[code],
  check(model, report) {
    for (const issue of findOptionIssues(model)) if (issue.code === code) report(issue.finding);
  },
}));
