import type { Board, BoardContext } from '../board';
import { bars, lines, number } from '../panel';
import { choice } from '../variables';
import { RECORDED } from '../../recording-rules';

const MOST = 15;
const OF = 'topic=~"$topic"';

/** Which topic: of ten or of ten thousand, those that have most of something. */
export function topics({ series }: BoardContext): Board {
  const most = (expression: string, count = MOST): string => `topk(${count}, ${expression})`;
  const [bytesIn, bytesOut] = [series(RECORDED.topicBytesIn, OF), series(RECORDED.topicBytesOut, OF)];
  const size = series('kafka_topic_data_bytes', OF);
  const grown = `${size} - ${series('kafka_topic_data_bytes', OF)} offset 1d`;
  return {
    id: 'topics',
    title: 'Topics',
    description: `Which topic. Of many, the ${MOST} that have most of something are shown.`,
    variables: [choice('topic', { label: 'Topic', series: series(RECORDED.topicBytesIn) })],
    sections: [
      {
        title: 'Who is the noisy one?',
        panels: [
          bars({
            title: 'Most produced',
            description: 'Bytes a second, now, before they are copied.',
            queries: [{ expression: most(bytesIn), legend: '{{topic}}' }],
            unit: 'Bps',
            signal: 'ingress-high',
          }),
          bars({
            title: 'Most consumed',
            description: 'Bytes a second, now, by clients.',
            queries: [{ expression: most(bytesOut), legend: '{{topic}}' }],
            unit: 'Bps',
          }),
          lines({
            title: 'Produced',
            description: 'When it began.',
            queries: [{ expression: most(bytesIn, 10), legend: '{{topic}}' }],
            unit: 'Bps',
          }),
          lines({
            title: 'Consumed',
            description: 'Far more than is produced: many groups, or one that reads all of it again.',
            queries: [{ expression: most(bytesOut, 10), legend: '{{topic}}' }],
            unit: 'Bps',
          }),
        ],
      },
      {
        title: 'Who fills the disks?',
        panels: [
          bars({
            title: 'Largest',
            description: 'With all replicas.',
            queries: [{ expression: most(size), legend: '{{topic}}' }],
            unit: 'bytes',
            signal: 'disk-filling',
            ofExporter: true,
          }),
          bars({
            title: 'Grown most in a day',
            description: 'With all replicas.',
            queries: [{ expression: most(`(${grown}) > 0`), legend: '{{topic}}' }],
            unit: 'bytes',
            signal: 'disk-full',
            ofExporter: true,
            mayBeEmpty: true,
          }),
          lines({
            title: 'Size',
            description: 'Flat is a retention that works; a line that rises is one that has yet to.',
            queries: [{ expression: most(size, 10), legend: '{{topic}}' }],
            unit: 'bytes',
            ofExporter: true,
          }),
          number({
            title: 'Kept',
            description: 'By the topics that are chosen, with all replicas.',
            queries: [{ expression: `sum(${size})` }],
            unit: 'bytes',
            ofExporter: true,
          }),
          number({
            title: 'Topics',
            description: 'That are chosen and keep anything.',
            queries: [{ expression: `count(${size})` }],
            unit: 'none',
            ofExporter: true,
          }),
          number({
            title: 'Kept once only',
            description: 'Topics with a single copy, which are gone with their disk.',
            queries: [{ expression: `count(${series('kafka_topic_single_replica', OF)}) or vector(0)` }],
            unit: 'none',
            limits: { warning: 1 },
            signal: 'single-replica',
            ofExporter: true,
          }),
        ],
      },
    ],
  };
}
