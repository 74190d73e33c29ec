import { formatDuration } from '../../../core/units';
import type { DurabilitySection, ReplicationGroup } from '../../data/durability';
import type { TopicRow } from '../../data/topics';
import type { ReportData } from '../../report-data';
import { markup, type Content, type Html } from '../markup';
import { state, type Section } from '../section';
import { names, table } from '../table';
import { count, counted, size } from '../words';

/** All topics, and how safe and how long their records are kept. */
export function topicsPart({ topics, durability, deletedTopics }: ReportData): Section {
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0);
  const replicas = topics.reduce((sum, topic) => sum + topic.partitions * topic.replicationFactor, 0);
  return {
    id: 'topics',
    title: 'Topics',
    lead:
      topics.length === 0
        ? 'No topic is declared.'
        : `${counted(topics.length, 'topic')} with ${counted(partitions, 'partition')}, ${count(replicas)} replicas in all.`,
    body:
      topics.length === 0
        ? undefined
        : [
            markup`<div class="pair">${replication(durability)}${retention(durability)}</div>`,
            topicTable(topics),
            deletedTopics.length === 0
              ? undefined
              : markup`<p class="fine">
                  To be deleted: ${deletedTopics.map(({ name, reason }) => markup`<code>${name}</code> (${reason}) `)}
                </p>`,
          ],
  };
}

function replication({ replication: groups }: DurabilitySection): Html {
  return markup`<div>
    <h3>Copies</h3>
    <dl class="facts">
      ${groups.map(
        (group) =>
          markup`<div>
            <dt>${copies(group)}</dt>
            <dd>${counted(group.topics.length, 'topic')}. ${survives(group)}</dd>
          </div> `,
      )}
    </dl>
  </div> `;
}

function copies({ replicationFactor, minInSyncReplicas }: ReplicationGroup): string {
  return `${replicationFactor}, of which ${minInSyncReplicas} in sync to write`;
}

function survives({ lostWhileWriting, lostWithoutLoss }: ReplicationGroup): Content {
  const text = `Writing goes on with ${counted(lostWhileWriting, 'broker')} down; what was acknowledged outlives ${lostWithoutLoss === 0 ? 'no lost disk for certain' : counted(lostWithoutLoss, 'lost disk')}.`;
  return lostWhileWriting === 0 || lostWithoutLoss === 0 ? [text, ' ', state('look', 'look')] : text;
}

function retention({ retention: groups }: DurabilitySection): Html {
  return markup`<div>
    <h3>Kept</h3>
    <dl class="facts short">
      ${groups.map(
        ({ label, topics }) =>
          markup`<div>
            <dt>${label}</dt>
            <dd>${counted(topics.length, 'topic')}</dd>
          </div> `,
      )}
    </dl>
  </div> `;
}

function topicTable(rows: readonly TopicRow[]): Html {
  return table<TopicRow>({
    id: 'topic-table',
    caption: 'Declared topics',
    rows,
    columns: [
      {
        label: 'Topic',
        value: ({ name }) => name,
        cell: ({ name, description, options }) => [
          markup`<code>${name}</code>`,
          description === undefined ? undefined : markup`<span class="fine block">${description}</span>`,
          options.length === 0 ? undefined : markup`<span class="fine block">${names(options)}</span>`,
        ],
      },
      {
        label: 'Partitions',
        kind: 'number',
        cell: ({ partitions }) => count(partitions),
        value: ({ partitions }) => partitions,
      },
      {
        label: 'Copies',
        kind: 'number',
        cell: ({ replicationFactor, minInSyncReplicas }) => `${replicationFactor}, min ${minInSyncReplicas}`,
        value: ({ replicationFactor, minInSyncReplicas }) => replicationFactor * 100 + minInSyncReplicas,
      },
      {
        label: 'Kept',
        cell: kept,
        value: ({ retentionMs }) => (retentionMs < 0 ? 1e15 : retentionMs),
      },
      {
        label: 'Written',
        kind: 'number',
        cell: ({ produceBytesPerSecond: rate }) => (rate === undefined ? '–' : `${size(rate)}/s`),
        value: ({ produceBytesPerSecond }) => produceBytesPerSecond ?? -1,
      },
      {
        label: 'Disk, all copies',
        kind: 'number',
        cell: ({ diskBytes }) => (diskBytes === undefined ? '–' : size(diskBytes)),
        value: ({ diskBytes }) => diskBytes ?? -1,
      },
      { label: 'Written by', cell: ({ writtenBy }) => names(writtenBy), value: ({ writtenBy }) => writtenBy.length },
      { label: 'Read by', cell: ({ readBy }) => names(readBy), value: ({ readBy }) => readBy.length },
    ],
  });
}

function kept({ compacted, retentionMs, retentionBytesPerPartition: bytes }: TopicRow): string {
  const bounds = [
    ...(retentionMs < 0 ? [] : [formatDuration(retentionMs)]),
    ...(bytes < 0 ? [] : [`${size(bytes)} a partition`]),
  ];
  return [...(compacted ? ['compacted'] : []), ...(bounds.length === 0 && !compacted ? ['for ever'] : bounds)].join(
    ', ',
  );
}
