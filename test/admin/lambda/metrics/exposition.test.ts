import { parseExposition, select } from '../../../../lib/admin/lambda/metrics/exposition';

describe('what an exporter serves', () => {
  const series = parseExposition(`# HELP kafka_up Text
# TYPE kafka_up gauge
kafka_up 1.0
jvm_memory_pool_max_bytes{pool="G1 Old Gen",} 5.36870912E8
jvm_memory_pool_max_bytes{pool="G1 \\"Eden\\" Space"} -1.0
kafka_busy{listener="INTERNAL",networkprocessor="0",} 0.5 1790000000000
kafka_unknown NaN

not a line at all
`);

  test('is read as names, labels and values; what is no number is left out', () => {
    expect(series).toEqual([
      { name: 'kafka_up', labels: {}, value: 1 },
      { name: 'jvm_memory_pool_max_bytes', labels: { pool: 'G1 Old Gen' }, value: 536870912 },
      { name: 'jvm_memory_pool_max_bytes', labels: { pool: 'G1 "Eden" Space' }, value: -1 },
      { name: 'kafka_busy', labels: { listener: 'INTERNAL', networkprocessor: '0' }, value: 0.5 },
    ]);
  });

  test('is selected by name, and by labels where they are given', () => {
    expect(select(series, 'jvm_memory_pool_max_bytes')).toHaveLength(2);
    expect(select(series, 'jvm_memory_pool_max_bytes{pool="G1 Old Gen"}')).toEqual([series[1]]);
    expect(select(series, 'kafka')).toEqual([]);
  });
});
