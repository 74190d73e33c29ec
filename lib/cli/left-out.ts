import { formatPath, type Issue, type Path } from '../core/issue';
import type { EnvironmentModel } from '../core/model';

/** What lives inside a running Kafka and so is in no file of its nodes. */
interface LeftOut {
  readonly path: Path;
  readonly what: string;
  readonly instead: string;
  applies(model: EnvironmentModel): boolean;
}

const LEFT_OUT: readonly LeftOut[] = [
  {
    path: ['topics'],
    what: 'topics are made by a client of the running cluster',
    instead: 'Make them with kdk apply.',
    applies: (model) => !hasJob(model) && model.topics.length > 0,
  },
  {
    path: ['principals'],
    what: 'users, ACLs and quotas are made by a client of the running cluster',
    instead: 'Make them with kdk apply.',
    applies: (model) =>
      !hasJob(model) &&
      (model.principals.some(({ quota }) => quota !== undefined) ||
        (model.authorization && model.principals.length > 0)),
  },
  {
    path: ['connect', 'connectors'],
    what: 'connectors are made through the REST interface of running workers',
    instead: 'Make them with kdk apply --connect.',
    applies: (model) => !hasJob(model) && Object.keys(model.spec.connect?.connectors ?? {}).length > 0,
  },
  {
    path: ['monitoring'],
    what: 'alarms and promises on lag need a monitoring system',
    instead: 'Scrape the JMX exporters of the nodes.',
    applies: ({ spec }) => spec.monitoring?.notify !== undefined || spec.monitoring?.lag !== undefined,
  },
];

/** A Job with the tools of the kit does what is done inside the running cluster. */
function hasJob({ target, spec }: EnvironmentModel): boolean {
  return target === 'kubernetes' && spec.targets?.kubernetes?.images.tools !== undefined;
}

/**
 * What an environment says and its rendered files do not hold, so that nobody believes it done. The constructs for AWS say it of
 * themselves while they are synthesised, and `kdk up` makes the topics.
 */
export function leftOut(model: EnvironmentModel): Issue[] {
  if (model.target !== 'hosts' && model.target !== 'kubernetes') return [];
  return LEFT_OUT.filter(({ applies }) => applies(model)).map(({ path, what, instead }) => ({
    code: 'RENDER-LEFT-OUT',
    level: 'warning',
    path: formatPath(path),
    message: `not in the rendered files: ${what}.`,
    hint: instead,
  }));
}
