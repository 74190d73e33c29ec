import Ajv from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const validate = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync('environments/schema.json', 'utf8')) as object,
);
const files = readdirSync('environments').filter((file) => file.endsWith('.yaml'));

describe('schema.json, as an editor uses it', () => {
  test.each(files)('accepts environments/%s', (file) => {
    validate(parse(readFileSync(`environments/${file}`, 'utf8')));
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each([
    ['an unknown key', { nam: 'x' }],
    ['an unknown key of a topic', { topics: { orders: { partition: 3 } } }],
    ['a duration without a unit', { topics: { orders: { retention: { time: '7' } } } }],
    ['a version that is a number', { kafka: { version: 4.1 } }],
    [
      'an unknown key below override',
      { targets: { local: { override: { listeners: { internal: { auth: 'none' } } } } } },
    ],
    ['a section that cannot be overridden', { targets: { local: { override: { name: 'x' } } } }],
    ['an unknown target', { target: 'azure' }],
  ])('fails on %s', (_what, environment) => {
    expect(validate(environment)).toBe(false);
  });

  test('accepts null where a file takes something away', () => {
    expect(
      validate({
        extends: './prod.yaml',
        racks: null,
        topics: { orders: null },
        targets: { local: { override: { nodePools: { brokers: { volumes: null } } } } },
      }),
    ).toBe(true);
  });
});
