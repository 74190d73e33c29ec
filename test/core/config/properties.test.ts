import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { renderProperties, renderPropertiesSections, type PropertyEntry } from '../../../lib/core/config';

/** Prints every property of a file as JSON, read by the class that Kafka reads its files with. */
const READER = `
import java.io.FileInputStream;
import java.util.Properties;
import java.util.TreeMap;

class ReadProperties {
  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    try (FileInputStream in = new FileInputStream(arguments[0])) { properties.load(in); }
    for (Object name : new TreeMap<>(properties).keySet())
      System.out.println(hex((String) name) + " " + hex(properties.getProperty((String) name)));
  }
  static String hex(String text) {
    StringBuilder out = new StringBuilder("=");
    for (char c : text.toCharArray()) out.append(String.format("%04x", (int) c));
    return out.toString();
  }
}
`;

const hex = (text: string): string =>
  `=${Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join('')}`;

/** Text that leans on what the format treats specially, lone surrogates included. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...' \t\n\r\f\\=:#!u0${}"\'é€'.split(''), '\ud83d', '\u0000', 'a') }),
);

describe('rendering .properties', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'properties-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const readByJava = (content: string): string[] => {
    writeFileSync(join(folder, 'ReadProperties.java'), READER);
    writeFileSync(join(folder, 'test.properties'), content, 'latin1');
    const out = execFileSync('java', [join(folder, 'ReadProperties.java'), join(folder, 'test.properties')], {
      encoding: 'utf8',
    });
    return out.split('\n').filter((line) => line !== '');
  };

  test('java.util.Properties reads back every one of thousands of generated entries', () => {
    const entries = new Map<string, string>();
    for (const [name, value] of fc.sample(fc.tuple(text, text), 5000)) entries.set(name, value);
    const expected = [...entries].map(([name, value]) => `${hex(name)} ${hex(value)}`);
    expect(expected.length).toBeGreaterThan(2000);
    expect(readByJava(renderProperties(entries)).sort()).toEqual(expected.sort());
  }, 60_000);

  test('every entry is one line of printable ASCII', () => {
    fc.assert(
      fc.property(text, text, (name, value) => {
        expect(renderProperties([[name, value]])).toMatch(/^[\x20-\x7e]*\n$/);
      }),
    );
  });

  test.each<[string, PropertyEntry, string]>([
    [
      'plain text stays as it is',
      ['log.dirs', '/data/1/kafka,/data/2/kafka'],
      'log.dirs=/data/1/kafka,/data/2/kafka\n',
    ],
    ['placeholders of config providers stay as they are', ['a', '${dir:/run/x:key}'], 'a=${dir:/run/x:key}\n'],
    ['equals signs and colons stand unescaped in values', ['jaas', 'a="b:c";'], 'jaas=a="b:c";\n'],
    ['a leading blank of a value is kept', ['a', '  b '], 'a=\\  b \n'],
    ['a backslash is doubled', ['rule', 'RULE:^\\w+$/x/'], 'rule=RULE:^\\\\w+$/x/\n'],
    ['separators and comment signs of a name are escaped', ['#a b=c:d!', ''], '\\#a\\ b\\=c\\:d\\!=\n'],
    ['line ends do not end the entry', ['a', 'b\r\nc'], 'a=b\\r\\nc\n'],
    ['characters beyond ASCII are written as their UTF-16 units', ['a', 'é😀'], 'a=\\u00e9\\ud83d\\ude00\n'],
  ])('%s', (_, entry, expected) => {
    expect(renderProperties([entry])).toBe(expected);
  });

  test('sections have a comment each, on as many lines as it has; empty ones are left out', () => {
    const sections = [
      { comment: 'first\nof é', entries: [['a', '1']] as const },
      { comment: 'nothing', entries: [] },
      { comment: 'second', entries: [['b', '2']] as const },
    ];
    expect(renderPropertiesSections(sections)).toBe('# first\n# of \\u00e9\na=1\n\n# second\nb=2\n');
  });
});
