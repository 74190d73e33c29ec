import { parseProperties, renderProperties } from '../../../lib/core/config';

describe('properties', () => {
  test('are read as Java reads them', () => {
    expect([...parseProperties('# c\n! c\n\na=1\nb : 2\nc 3\n d\\ e=\\u00e9\\t\\\nf\ng\nh=\\\\\n')]).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
      ['d e', 'é\tf'],
      ['g', ''],
      ['h', '\\'],
    ]);
  });

  test('that the kit writes are read back', () => {
    const entries = [
      ['a b', ' x=:#!\\\n\tä€'],
      ['plain', 'value'],
    ] as const;
    expect([...parseProperties(renderProperties(entries))]).toEqual(entries);
  });
});
