import { brokerOptionNotSettable, CUSTOM_DNS, OPTION_TABLES, topicOptionNotSettable } from '../catalogue';
import { nearest } from '../issue';
import type { MskBrokerType, Refusal } from '../msk';
import type { KafkaRelease } from '../versions';
import { judgeBrokerOption, judgeTopicOption, type Verdict } from './option-verdict';

export type OptionRefusal = Refusal<`option:${string}`>;

export interface MskOptions {
  readonly options: Readonly<Record<string, string>>;
  readonly release: KafkaRelease;
  readonly brokerType: MskBrokerType;
  /** Undefined where it is not known. */
  readonly brokerCount?: number;
}

/** What the service would refuse in a configuration. */
export function brokerOptionRefusals(configuration: MskOptions): OptionRefusal[] {
  const { options, release, brokerType } = configuration;
  const on = { target: 'msk', brokerType } as const;
  return Object.keys(options)
    .sort()
    .flatMap((name): OptionRefusal[] => {
      const subject = `option:${name}` as const;
      const notSettable = brokerOptionNotSettable(name, on);
      if (notSettable !== undefined) {
        const near = nearest(name, OPTION_TABLES.broker.names(release.version));
        return [
          {
            code: 'OPTION-NOT-SETTABLE',
            subject,
            message: `Amazon MSK does not take the option, got "${name}"; ${notSettable.allowed}.`,
            hint:
              near === undefined || near === name || brokerOptionNotSettable(near, on) !== undefined
                ? 'Leave it out.'
                : `Did you mean ${near}?`,
            rule:
              name === CUSTOM_DNS ? 'customDns' : brokerType === 'express' ? 'optionsOfExpress' : 'optionsOfStandard',
          },
        ];
      }
      const value = options[name]!;
      const version = release.version;
      const written = { name, value, version, on, managedBy: 'service', oneNodePool: false, plugins: [] } as const;
      const verdict = judgeBrokerOption(written);
      return verdict === undefined ? tooManyReplicas(name, configuration) : [ofVerdict(verdict, subject)];
    });
}

/** What Kafka or the service would refuse among the options of a topic. */
export function topicOptionRefusals({ options, release, brokerType }: MskOptions): OptionRefusal[] {
  return Object.keys(options)
    .sort()
    .flatMap((name): OptionRefusal[] => {
      const subject = `option:${name}` as const;
      const on = { target: 'msk', brokerType } as const;
      const verdict = judgeTopicOption({
        name,
        value: options[name]!,
        version: release.version,
        on,
        ownedBy: 'nobody',
      });
      if (verdict === undefined) return [];
      const refused = topicOptionNotSettable(name, on) !== undefined;
      return [{ ...ofVerdict(verdict, subject), rule: refused ? 'topicOptionsOfExpress' : 'optionValues' }];
    });
}

function ofVerdict({ code, message, hint }: Verdict, subject: OptionRefusal['subject']): OptionRefusal {
  return {
    code,
    subject,
    message,
    hint: hint.replace(/, or say another one for this target.*/, '.'),
    rule: 'optionValues',
  };
}

const REPLICAS = [
  'default.replication.factor',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
  'min.insync.replicas',
  'transaction.state.log.min.isr',
];

function tooManyReplicas(name: string, { options, brokerCount }: MskOptions): OptionRefusal[] {
  const value = Number(options[name]);
  if (brokerCount === undefined || !REPLICAS.includes(name) || value <= brokerCount) return [];
  return [
    {
      code: 'OPTION-VALUE',
      subject: `option:${name}`,
      message: `the value of ${name} is above the number of brokers, got ${value} for ${brokerCount}; at most ${brokerCount} is allowed.`,
      hint: 'Lower it, or add brokers.',
      rule: 'optionReplicas',
    },
  ];
}
