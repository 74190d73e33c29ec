import type {
  ConfigChange,
  ConfigDescription,
  ConfigEntry,
  ConfigPort,
  ConfigResource,
  ConfigTarget,
  ItemResult,
  Via,
} from '../../port';
import { groupBy } from '../../../core/group-by';
import { itemResult, kafkaError } from './errors';
import { describeConfigs, incrementalAlterConfigs } from './messages/configs';
import { Answers, askParts, chunks, type Part } from './parts';
import type { Session } from './session';
import type { AnswerTo } from './wire/message';

const TOPIC = 2;
const BROKER = 4;
/** Topics in one request: 10,000 topics are 20 requests, each answered with half a megabyte or so. */
const DESCRIBED_A_REQUEST = 500;
const SET = 0;
const DELETE = 1;

const SOURCES: Readonly<Record<number, ConfigEntry['source']>> = {
  1: 'topic',
  2: 'broker',
  3: 'cluster',
  4: 'static',
  5: 'default',
};

type ConfigAnswer = AnswerTo<typeof describeConfigs>['results'][number];

export function configRequests(session: Session): ConfigPort {
  return {
    async describeConfigs(resources, via = {}) {
      const ofBrokers = groupBy(resources.filter(isOfBroker), ({ name }) => Number(name));
      const described = await askParts<ConfigResource, ConfigDescription>(
        [
          ...describedAnywhere(
            session,
            resources.filter((each) => !isOfBroker(each)),
            via,
          ),
          ...[...ofBrokers].map(([broker, items]) => ({ items, ask: () => describeFrom(session, items, { broker }) })),
        ],
        { failed: ({ type, name }, error) => ({ type, name, entries: [], error }), order: 'all-at-once' },
      );
      return inOrder(resources, described, (each) => each);
    },

    async alterConfigs(changes, { validateOnly }) {
      // A broker checks its own options, with what is in its file; all else any broker passes to the controller.
      const byBroker = groupBy(changes, (change) => (isOfBroker(change) ? Number(change.name) : undefined));
      const results = await askParts<ConfigChange, ItemResult<ConfigTarget>>(
        [...byBroker].map(([broker, items]) => ({
          items,
          ask: () => alter(session, items, { validateOnly, via: broker === undefined ? {} : { broker } }),
        })),
        { failed: (change, error) => itemResult(targetOf(change), error), order: 'all-at-once' },
      );
      return inOrder(changes, results, ({ item }) => item);
    },
  };
}

/** The hot path: spread over the brokers, all at once, where no broker is named. */
function describedAnywhere(
  session: Session,
  resources: readonly ConfigResource[],
  via: Via,
): Part<ConfigResource, ConfigDescription>[] {
  if (resources.length === 0) return [];
  if (via.broker !== undefined)
    return chunks(resources, DESCRIBED_A_REQUEST).map((items) => ({
      items,
      ask: () => describeFrom(session, items, via),
    }));
  const ask = async (): Promise<ConfigDescription[]> => {
    const parts = chunks(resources, DESCRIBED_A_REQUEST);
    const answers = await session.spread(describeConfigs, parts.map(describeRequest));
    return answers.flatMap(({ results }, index) => descriptions(parts[index]!, results));
  };
  return [{ items: resources, ask }];
}

async function describeFrom(
  session: Session,
  resources: readonly ConfigResource[],
  via: Via,
): Promise<ConfigDescription[]> {
  const { results } = await session.send(describeConfigs, describeRequest(resources), via);
  return descriptions(resources, results);
}

function describeRequest(resources: readonly ConfigResource[]) {
  return {
    resources: resources.map(({ type, name, options }) => ({
      resourceType: typeCode(type),
      resourceName: name,
      configurationKeys: options ?? null,
    })),
    includeSynonyms: false,
    includeDocumentation: false,
  };
}

function descriptions(resources: readonly ConfigResource[], results: readonly ConfigAnswer[]): ConfigDescription[] {
  const answers = new Answers(results, ({ resourceType, resourceName }) => `${resourceType} ${resourceName}`);
  return resources.flatMap(({ type, name }) => {
    const result = answers.next(`${typeCode(type)} ${name}`);
    return result === undefined ? [] : [description({ type, name }, result)];
  });
}

function description(target: ConfigTarget, result: ConfigAnswer): ConfigDescription {
  const error = kafkaError(result, `DESCRIBE_CONFIGS on ${securedBy(target)}`);
  return {
    ...target,
    entries: result.configs.map(({ name, value, configSource }) => ({
      option: name,
      source: SOURCES[configSource] ?? 'other',
      ...(value === null ? {} : { value }),
    })),
    ...(error === undefined ? {} : { error }),
  };
}

async function alter(
  session: Session,
  changes: readonly ConfigChange[],
  { validateOnly, via }: { readonly validateOnly: boolean; readonly via: Via },
): Promise<ItemResult<ConfigTarget>[]> {
  const resources = changes.map(({ type, name, set, remove }) => ({
    resourceType: typeCode(type),
    resourceName: name,
    configs: [
      ...Object.entries(set).map(([option, value]) => ({ name: option, configOperation: SET, value })),
      ...remove.map((option) => ({ name: option, configOperation: DELETE, value: null })),
    ],
  }));
  const { responses } = await session.send(incrementalAlterConfigs, { resources, validateOnly }, via);
  const answers = new Answers(responses, ({ resourceType, resourceName }) => `${resourceType} ${resourceName}`);
  return changes.map((change) => {
    const verdict = answers.next(`${typeCode(change.type)} ${change.name}`);
    const right = `ALTER_CONFIGS on ${securedBy(change)}`;
    return itemResult(targetOf(change), verdict === undefined ? undefined : kafkaError(verdict, right));
  });
}

function isOfBroker({ type }: ConfigTarget): boolean {
  return type === 'broker';
}

function typeCode(type: ConfigTarget['type']): number {
  return type === 'topic' ? TOPIC : BROKER;
}

function targetOf({ type, name }: ConfigTarget): ConfigTarget {
  return { type, name };
}

/** What Kafka checks the right on. */
function securedBy({ type, name }: ConfigTarget): string {
  return type === 'topic' ? `topic ${name}` : 'the cluster';
}

function inOrder<Result>(
  asked: readonly ConfigTarget[],
  results: readonly Result[],
  targetIn: (result: Result) => ConfigTarget,
): Result[] {
  const keyOf = ({ type, name }: ConfigTarget): string => `${type} ${name}`;
  const answers = new Answers(results, (result) => keyOf(targetIn(result)));
  return asked.flatMap((target) => answers.next(keyOf(target)) ?? []);
}
