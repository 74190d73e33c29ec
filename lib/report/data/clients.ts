import {
  applicationGroup,
  applicationReads,
  applicationWrites,
  sinkGroup,
  workersMirrors,
  type ApplicationModel,
  type EnvironmentModel,
  type PrincipalModel,
} from '../../core/model';

/** Somebody who writes to topics or reads from them. */
export interface Client {
  readonly id: string;
  readonly kind: 'principal' | 'application' | 'connector' | 'mirror';
  readonly name: string;
  /** How it comes in, and what acts in its name. */
  readonly caption: string;
  /** Names of topics; a trailing * makes a prefix. */
  readonly writes: readonly string[];
  readonly reads: readonly string[];
  readonly groups: readonly string[];
}

type Connectors = NonNullable<NonNullable<EnvironmentModel['spec']['connect']>['connectors']>;
interface DeclaredConnector {
  readonly name: string;
  readonly spec: Connectors[string];
}

/** Principals with all that acts in their name, what acts in nobody's, and what is copied in; in the order of the file. */
export function clientsOf(model: EnvironmentModel): Client[] {
  const connectors = declaredConnectors(model);
  const known = new Set(model.principals.map(({ name }) => name));
  const nobodys = <Item>(items: readonly Item[], principalOf: (item: Item) => string | undefined): Item[] =>
    items.filter((item) => !known.has(principalOf(item) ?? ''));
  return [
    ...model.principals.map((principal) => principalClient(model, principal, connectors)),
    ...nobodys(model.applications, ({ principal }) => principal).map(applicationClient),
    ...nobodys(connectors, ({ spec }) => spec.principal).map(connectorClient),
    ...mirrorClients(model),
  ];
}

function declaredConnectors({ spec }: EnvironmentModel): DeclaredConnector[] {
  return Object.entries(spec.connect?.connectors ?? {}).flatMap(([name, connector]) =>
    connector.deleted === undefined ? [{ name, spec: connector }] : [],
  );
}

function principalClient(
  model: EnvironmentModel,
  principal: PrincipalModel,
  connectors: readonly DeclaredConnector[],
): Client {
  const { name, listener, produce, consume, acls } = principal;
  const applications = model.applications.filter((application) => application.principal === name);
  const own = connectors.filter(({ spec }) => spec.principal === name);
  const allowed = acls.filter(({ permission }) => permission === 'allow');
  const byAcl = (operation: 'read' | 'write'): string[] =>
    allowed.filter(({ operations }) => operations.some((one) => one === operation || one === 'all')).flatMap(topicsOf);
  return {
    id: `principal ${name}`,
    kind: 'principal',
    name,
    caption: [
      listener,
      ...applications.map((application) => `application ${application.name}`),
      ...own.map((connector) => `connector ${connector.name}`),
    ].join(', '),
    // What acts in its name has its rights, and no others.
    writes: distinct([...(produce?.topics ?? []), ...byAcl('write')]),
    reads: distinct([...(consume?.topics ?? []), ...byAcl('read')]),
    groups: distinct([
      ...(consume?.groups ?? []),
      ...allowed.flatMap(({ groups }) => groups),
      ...applications.flatMap((application) => applicationGroup(application) ?? []),
      ...own.flatMap((connector) => sinkGroup(asSink(connector)) ?? []),
    ]),
  };
}

function topicsOf({ topics }: { readonly topics: readonly string[] }): readonly string[] {
  return topics;
}

function applicationClient(application: ApplicationModel): Client {
  const group = applicationGroup(application);
  return {
    id: `application ${application.name}`,
    kind: 'application',
    name: application.name,
    caption: 'application',
    writes: distinct(applicationWrites(application)),
    reads: distinct(applicationReads(application)),
    groups: group === undefined ? [] : [group],
  };
}

function connectorClient(connector: DeclaredConnector): Client {
  const group = sinkGroup(asSink(connector));
  return {
    id: `connector ${connector.name}`,
    kind: 'connector',
    name: connector.name,
    caption: 'connector',
    writes: connectorWrites(connector),
    reads: connectorReads(connector),
    groups: group === undefined ? [] : [group],
  };
}

function asSink({ name, spec }: DeclaredConnector): Parameters<typeof sinkGroup>[0] {
  return {
    name,
    className: spec.class ?? '',
    tasksMax: 1,
    state: 'running',
    config: Object.fromEntries(Object.entries(spec.config ?? {}).map(([key, value]) => [key, String(value)])),
    secretConfig: {},
  };
}

/** Sources name the topic that they write, or what all of theirs begin with. */
function connectorWrites({ spec }: DeclaredConnector): string[] {
  const { topic, 'topic.prefix': prefix } = (spec.config ?? {}) as Readonly<Record<string, unknown>>;
  return [...(topic === undefined ? [] : [String(topic)]), ...(prefix === undefined ? [] : [`${String(prefix)}*`])];
}

function connectorReads({ spec }: DeclaredConnector): string[] {
  const { topics } = (spec.config ?? {}) as Readonly<Record<string, unknown>>;
  if (topics === undefined) return [];
  return String(topics)
    .split(',')
    .map((topic) => topic.trim())
    .filter((topic) => topic !== '');
}

function mirrorClients(model: EnvironmentModel): Client[] {
  const ofWorkers = new Set(workersMirrors(model.spec).map(([name]) => name));
  return Object.entries(model.spec.mirrors ?? {}).flatMap(
    ([name, { source, topics, topicNaming, deleted }]): Client[] => {
      if (deleted !== undefined) return [];
      const from = source.environment ?? source.bootstrapServers ?? '';
      const alias = source.environment ?? name;
      return [
        {
          id: `mirror ${name}`,
          kind: 'mirror',
          name,
          caption: `${ofWorkers.has(name) ? 'MirrorMaker' : 'MSK Replicator'}${from === '' ? '' : ` from ${from}`}`,
          writes: topicNaming === 'identical' ? topics : topics.map((topic) => `${alias}.${topic}`),
          reads: [],
          groups: [],
        },
      ];
    },
  );
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
