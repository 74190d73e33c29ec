import { checkOptionValue, OPTION_TABLES, type OptionInfo } from '../../../lib/core/catalogue';

const broker = (name: string, version = '4.3'): OptionInfo => OPTION_TABLES.broker.option(name, version)!;
const topic = (name: string, version = '4.3'): OptionInfo => OPTION_TABLES.topic.option(name, version)!;

describe('the value of an option', () => {
  it.each([
    [broker('auto.create.topics.enable'), 'TRUE'],
    [broker('num.io.threads'), ' 8 '],
    [broker('num.io.threads'), '+8'],
    [broker('log.retention.ms'), '-1'],
    [broker('log.retention.ms'), '9223372036854775807'],
    [broker('log.cleaner.min.cleanable.ratio'), '.5'],
    [broker('log.cleanup.policy'), 'delete, compact'],
    [broker('log.cleanup.policy'), ''],
    [broker('ssl.cipher.suites'), ''],
    [broker('create.topic.policy.class.name'), 'org.example.Nearest$Inner'],
    [broker('compression.gzip.level'), '-1'],
    [broker('group.consumer.migration.policy'), 'Upgrade'],
    [broker('num.io.threads'), '${env:IO_THREADS}'],
    [topic('compression.type'), 'zstd'],
    [topic('segment.bytes', '4.0'), '14'],
    [broker('ssl.cipher.suites', '4.1'), 'a,a'],
  ])('is right: %#', (option, text) => {
    expect(checkOptionValue(option, text)).toBeUndefined();
  });

  it.each([
    [broker('auto.create.topics.enable'), 'yes', 'not a boolean', 'true or false is allowed'],
    [broker('num.io.threads'), 'eight', 'not a whole number', 'a whole number of at least 1 is allowed'],
    [broker('num.io.threads'), '1e3', 'not a whole number', 'a whole number of at least 1 is allowed'],
    [broker('num.io.threads'), '0', 'out of range', 'a whole number of at least 1 is allowed'],
    [broker('num.io.threads'), '2147483648', 'out of range', 'a whole number of at least 1 is allowed'],
    [broker('compression.gzip.level'), '0', 'out of range', 'a whole number from 1 to 9, or -1, is allowed'],
    [broker('log.cleaner.min.cleanable.ratio'), '1.5', 'out of range', 'a number from 0 to 1 is allowed'],
    [broker('log.cleaner.min.cleanable.ratio'), 'half', 'not a number', 'a number from 0 to 1 is allowed'],
    [
      broker('log.cleanup.policy'),
      'delete,drop',
      'a list with an element that is not known ("drop")',
      'a list of compact, delete is allowed',
    ],
    [broker('ssl.cipher.suites'), 'a,a', 'a list with a duplicate', 'a list with commas is allowed'],
    [broker('ssl.cipher.suites'), 'a,,b', 'a list with an empty element', 'a list with commas is allowed'],
    [broker('log.dirs'), '', 'an empty list', 'a list with commas is allowed'],
    [
      broker('create.topic.policy.class.name'),
      'not a class',
      'not the name of a class',
      'a full Java class name is allowed',
    ],
    [
      topic('compression.type'),
      'ZSTD',
      'not a known value',
      'uncompressed, zstd, lz4, snappy, gzip, producer are allowed',
    ],
    [topic('segment.bytes'), '14', 'out of range', 'a whole number of at least 1048576 is allowed'],
  ])('fails where Kafka would refuse it: %#', (option, text, what, allowed) => {
    expect(checkOptionValue(option, text)).toEqual({ what, allowed });
  });
});
