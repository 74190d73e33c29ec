import type { EnvironmentModel, TopicModel } from '../../core/model';
import { formatBytes, formatDuration } from '../../core/units';
import type { Client } from '../data/clients';
import type { TopicClients, TopicUse } from '../data/topic-clients';
import { bundled, type Bundle, type Item } from './bundle';
import type { FlowEdge, FlowGraph, FlowNode } from './graph';

/** Boxes of a column, tried from the left until there are few enough lines. */
const BOXES = [18, 12, 8, 6] as const;
/** More lines than this cross too often to be followed. */
const MOST_LINES = 72;

/** The graph of an environment, however large that is: six boxes a column at worst, with 72 lines between them. */
export function flowGraph(model: EnvironmentModel, clients: readonly Client[], use: TopicUse): FlowGraph {
  for (const most of BOXES) {
    const graph = graphOf(model, { clients, use, most });
    if (graph.edges.length <= MOST_LINES || most === BOXES.at(-1)) return graph;
  }
  throw new Error('no number of boxes was tried');
}

interface Drawn {
  readonly clients: readonly Client[];
  readonly use: TopicUse;
  /** Boxes of a column. */
  readonly most: number;
}

function graphOf(model: EnvironmentModel, { clients, use, most }: Drawn): FlowGraph {
  const touched = use.declared.filter(({ writers, readers }) => writers.length + readers.length > 0);
  const byName = new Map(model.topics.map((topic) => [topic.name, topic]));
  const items = [
    ...touched.map((one) => topicItem(one, 'topic', byName.get(one.topic)!.partitions)),
    ...use.undeclared.map((one) => topicItem(one, 'undeclared', 1)),
  ];
  const topics = bundled(items, most);
  const side = (joinedOf: (one: TopicClients) => readonly string[]): Bundle[] =>
    bundled(
      clientItems(clients, topics, new Map([...touched, ...use.undeclared].map((one) => [one.topic, joinedOf(one)]))),
      most,
    );
  const writers = side((one) => one.writers);
  const readers = side((one) => one.readers);
  const byId = new Map(clients.map((client) => [client.id, client]));
  return {
    nodes: [
      ...writers.map((bundle) => clientNode('writers', bundle, byId)),
      ...topics.map((bundle) => topicNode(model, bundle, byName)),
      ...readers.map((bundle) => clientNode('readers', bundle, byId)),
    ],
    edges: [
      ...edgesOf(writers).map(({ bundle, topic }): FlowEdge => ({ from: `writers ${bundle}`, to: `topics ${topic}` })),
      ...edgesOf(readers).map(({ bundle, topic }): FlowEdge => ({ from: `topics ${topic}`, to: `readers ${bundle}` })),
    ],
    untouched: use.declared.filter((one) => !touched.includes(one)).map(({ topic }) => topic),
    collapsed: [...writers, ...topics, ...readers].some((bundle) => bundle.items.length > 1),
  };
}

function topicItem({ topic, writers, readers }: TopicClients, kind: 'topic' | 'undeclared', weight: number): Item {
  const joined = [...writers.map((id) => `w ${id}`), ...readers.map((id) => `r ${id}`)];
  return { id: topic, kind, name: topic, weight, joined };
}

/** Clients of one side, joined to boxes of topics. */
function clientItems(
  clients: readonly Client[],
  topics: readonly Bundle[],
  joined: ReadonlyMap<string, readonly string[]>,
): Item[] {
  const boxes = new Map<string, Set<string>>();
  for (const { id: box, items } of topics) {
    for (const { id: topic } of items) {
      for (const client of joined.get(topic)!) boxes.set(client, (boxes.get(client) ?? new Set()).add(box));
    }
  }
  return clients.flatMap(({ id, kind, name }): Item[] => {
    const own = boxes.get(id);
    return own === undefined ? [] : [{ id, kind, name, weight: own.size, joined: [...own] }];
  });
}

function edgesOf(side: readonly Bundle[]): { readonly bundle: string; readonly topic: string }[] {
  return side.flatMap(({ id, items }) =>
    [...new Set(items.flatMap(({ joined }) => joined))].map((topic) => ({ bundle: id, topic })),
  );
}

function clientNode(
  column: 'writers' | 'readers',
  { id, label, items }: Bundle,
  clients: ReadonlyMap<string, Client>,
): FlowNode {
  const first = clients.get(id)!;
  return {
    ...{ id: `${column} ${id}`, column, kind: first.kind, label },
    caption: items.length === 1 ? first.caption : `${items.length} ${first.kind}s`,
    members: items.map(({ name }) => name),
  };
}

function topicNode(
  model: EnvironmentModel,
  { id, label, items }: Bundle,
  topics: ReadonlyMap<string, TopicModel>,
): FlowNode {
  const declared = items.flatMap(({ id: name }) => topics.get(name) ?? []);
  return {
    ...{ id: `topics ${id}`, column: 'topics', kind: declared.length > 0 ? 'topic' : 'undeclared', label },
    caption: topicCaption(model, items, declared),
    members: items.map(({ name }) => name),
  };
}

function topicCaption(model: EnvironmentModel, items: readonly Item[], declared: readonly TopicModel[]): string {
  const partitions = declared.reduce((sum, topic) => sum + topic.partitions, 0);
  if (declared.length === 0) {
    const ofCluster = items.every(({ name }) => model.clusterTopics.includes(name));
    return ofCluster ? `declared by ${model.name}` : 'not declared here';
  }
  if (items.length > 1) return `${items.length} topics, ${partitions} partitions`;
  const { retentionMs, cleanupPolicy, load } = declared[0]!;
  return [
    `${partitions} partitions`,
    cleanupPolicy.includes('compact') ? 'compacted' : formatDuration(retentionMs),
    ...(load === undefined ? [] : [`${formatBytes(load.produceBytesPerSecond)}/s`]),
  ].join(', ');
}
