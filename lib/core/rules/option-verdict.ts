import {
  brokerOptionNotSettable,
  checkOptionValue,
  insteadOfRemoved,
  isPassedOnByWorker,
  isPlaceholder,
  OPTION_TABLES,
  outOfServiceRange,
  ownedBrokerOption,
  ownedTopicOption,
  ownedWorkerOption,
  removedEarlier,
  topicOptionNotSettable,
  type NotSettable,
  type OptionInfo,
  type OptionKind,
  type OptionTarget,
} from '../catalogue';
import { nearest, type IssueLevel } from '../issue';

export type OptionCode =
  | 'OPTION-UNKNOWN'
  | 'OPTION-VALUE'
  | 'OPTION-OWNED'
  | 'OPTION-REMOVED'
  | 'OPTION-TOO-NEW'
  | 'OPTION-NOT-SETTABLE'
  | 'OPTION-SECRET';

/** What is wrong with one option, wherever it stands. */
export interface Verdict {
  readonly code: OptionCode;
  readonly level?: IssueLevel;
  readonly message: string;
  readonly hint: string;
}

/** An option as it was written, and what it is for. */
export interface WrittenOption {
  readonly name: string;
  readonly value: string | number | boolean;
  /** `4.1` */
  readonly version: string;
  readonly on: OptionTarget;
  /** `nobody` where there is no environment whose keys say some options; those are then judged like all others. */
  readonly ownedBy?: 'environment' | 'nobody';
}

export interface WrittenBrokerOption extends WrittenOption {
  readonly managedBy: 'self' | 'service';
  /** Written for the nodes of one pool. */
  readonly oneNodePool: boolean;
  /** Classes of the brokers that are not Kafka's own. */
  readonly plugins: readonly string[];
}

/** Undefined where the option is right. The first thing that is wrong counts: there is no use in the range of an unknown option. */
export function judgeBrokerOption(written: WrittenBrokerOption): Verdict | undefined {
  const { name, version, on, managedBy } = written;
  const owned = ownedBrokerOption(name, managedBy);
  if (owned !== undefined) return ownedVerdict(name, owned.instead);
  if (written.oneNodePool && managedBy === 'service') return notSettable(name, ONE_CONFIGURATION);
  const refused = brokerOptionNotSettable(name, on);
  const option = OPTION_TABLES.broker.option(name, version);
  if (option === undefined) {
    // An option of the service's own: it is on its list and in no Kafka.
    if (managedBy === 'service' && refused === undefined && !everKnown('broker', name)) return undefined;
    return absent('broker', written) ?? unknownBrokerOption(written);
  }
  if (refused !== undefined) return notSettable(name, refused);
  return judgeValue(option, written);
}

const ONE_CONFIGURATION: NotSettable = {
  allowed: 'the service has one configuration for all brokers',
  hint: 'Write it below kafka.config.',
};

export function judgeTopicOption(written: WrittenOption): Verdict | undefined {
  const { name, version, on } = written;
  const owned = written.ownedBy === 'nobody' ? undefined : ownedTopicOption(name);
  if (owned !== undefined) return ownedVerdict(name, owned.instead);
  const refused = topicOptionNotSettable(name, on);
  const option = OPTION_TABLES.topic.option(name, version);
  if (option === undefined) {
    // Serverless runs a Kafka of its own, whose list counts.
    if (on.target === 'msk-serverless' && refused === undefined) return undefined;
    return absent('topic', written) ?? unknownTopicOption(written);
  }
  if (refused !== undefined) return notSettable(name, refused);
  return judgeValue(option, written);
}

/** An option of the Connect workers; they run the Kafka version of the cluster. */
export function judgeWorkerOption(written: WrittenOption): Verdict | undefined {
  const { name, version } = written;
  const owned = ownedWorkerOption(name);
  if (owned !== undefined) return ownedVerdict(name, owned.instead);
  const option = OPTION_TABLES.worker.option(name, version);
  if (option !== undefined) return judgeValue(option, written);
  return isPassedOnByWorker(name) ? undefined : (absent('worker', written) ?? unknownWorkerOption(written));
}

function ownedVerdict(name: string, instead: string): Verdict {
  return {
    code: 'OPTION-OWNED',
    message: `the option is the kit's to set, got ${name}; what other keys of the environment say is not allowed below config.`,
    hint: instead,
  };
}

function notSettable(name: string, { allowed, hint }: NotSettable): Verdict {
  return {
    code: 'OPTION-NOT-SETTABLE',
    message: `the option cannot be set on this target, got ${name}; ${allowed}.`,
    hint,
  };
}

function everKnown(kind: OptionKind, name: string): boolean {
  return OPTION_TABLES[kind].life(name) !== undefined;
}

/** Another version has the option. */
function absent(kind: OptionKind, { name, version }: WrittenOption): Verdict | undefined {
  const life = OPTION_TABLES[kind].life(name);
  const removedIn = removedFrom(kind, name, version);
  if (removedIn !== undefined) {
    return {
      code: 'OPTION-REMOVED',
      message: `the option was removed in Kafka ${removedIn}, got ${name} for ${version}; only what ${version} has is allowed.`,
      hint: insteadOfRemoved(name),
    };
  }
  if (life === undefined) return undefined;
  return {
    code: 'OPTION-TOO-NEW',
    message: `the option is there from Kafka ${life.since} on, got ${name} for ${version}; only what ${version} has is allowed.`,
    hint: `Leave it out, or use Kafka ${life.since} or later.`,
  };
}

function removedFrom(kind: OptionKind, name: string, version: string): string | undefined {
  const life = OPTION_TABLES[kind].life(name);
  if (life === undefined) return kind === 'broker' ? removedEarlier(name) : undefined;
  const versions = Object.keys(OPTION_TABLES[kind].data.releases);
  const { removedIn } = life;
  return removedIn !== undefined && versions.indexOf(version) >= versions.indexOf(removedIn) ? removedIn : undefined;
}

function unknownBrokerOption({ name, version, plugins }: WrittenBrokerOption): Verdict {
  const onTopics = OPTION_TABLES.topic.option(name, version);
  if (onTopics !== undefined) {
    const alias = onTopics.brokerOption;
    return unknown(name, 'is an option of topics', version, {
      hint: alias === undefined ? 'Write it below the config of a topic.' : `On brokers it is called ${alias}.`,
    });
  }
  const near = nearest(name, OPTION_TABLES.broker.names(version));
  if (near !== undefined) return unknown(name, 'is not known', version, { hint: `Did you mean ${near}?` });
  if (plugins.length === 0) return unknown(name, 'is not known', version, { hint: 'Take it out.' });
  return unknown(name, 'is not known', version, {
    level: 'warning',
    hint: `It has an effect only if ${plugins.join(' or ')} reads it.`,
  });
}

function unknownTopicOption({ name, version }: WrittenOption): Verdict {
  const names = OPTION_TABLES.topic.names(version);
  const onBrokers = OPTION_TABLES.broker.option(name, version);
  if (onBrokers !== undefined) {
    const inMs = name.replace(/\.(hours|minutes)$/, '.ms'); // brokers know some times in three units, topics in one
    const alias = names.find((candidate) => OPTION_TABLES.topic.option(candidate, version)?.brokerOption === inMs);
    return unknown(name, 'is an option of brokers', version, { hint: topicHint(alias) });
  }
  const near = nearest(name, names);
  return unknown(name, 'is not known', version, {
    hint: near === undefined ? 'Take it out.' : `Did you mean ${near}?`,
  });
}

function unknownWorkerOption({ name, version }: WrittenOption): Verdict {
  const near = nearest(name, OPTION_TABLES.worker.names(version));
  return unknown(name, 'is not known', version, {
    hint:
      near === undefined ? 'Take it out; options of a connector belong below its own config.' : `Did you mean ${near}?`,
  });
}

/** A topic option that the kit owns is said with a key of its own. */
function topicHint(alias: string | undefined): string {
  if (alias === undefined) return 'Write it below kafka.config.';
  return ownedTopicOption(alias)?.instead ?? `On topics it is called ${alias}.`;
}

function unknown(
  name: string,
  what: string,
  version: string,
  { hint, level }: Pick<Verdict, 'hint' | 'level'>,
): Verdict {
  return {
    code: 'OPTION-UNKNOWN',
    ...(level === undefined ? {} : { level }),
    message: `the option ${what}, got ${name}; only what Kafka ${version} has here is allowed.`,
    hint,
  };
}

function judgeValue(option: OptionInfo, { name, value, on }: WrittenOption): Verdict | undefined {
  const text = String(value);
  if (option.type === 'password' && !isPlaceholder(text)) {
    return {
      code: 'OPTION-SECRET',
      message: `the option holds a secret, got ${name} with a value; only a reference of a config provider such as \${file:/path:key} is allowed.`,
      hint: 'Take the value out, and replace it where it is used: it has been in the file.',
    };
  }
  const problem = checkOptionValue(option, text);
  if (problem !== undefined) {
    return {
      code: 'OPTION-VALUE',
      message: `the value of ${name} is ${problem.what}, got ${text === '' ? 'an empty text' : text}; ${problem.allowed}.`,
      hint: lostDigits(value)
        ? 'Put it in quotes: YAML keeps only about 16 digits of a plain number.'
        : 'Correct the value.',
    };
  }
  if (lostDigits(value)) {
    return {
      code: 'OPTION-VALUE',
      message: `the value of ${name} may have lost digits, got ${text}; a plain number up to ${Number.MAX_SAFE_INTEGER} is allowed.`,
      hint: 'Put it in quotes.',
    };
  }
  const range = outOfServiceRange(option.kind, name, text, on);
  if (range === undefined) return undefined;
  return {
    code: 'OPTION-NOT-SETTABLE',
    message: `the value of ${name} is out of the range of the service, got ${text}; ${range}.`,
    hint: 'Correct the value, or say another one for this target under its override.',
  };
}

function lostDigits(value: string | number | boolean): boolean {
  return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
}
