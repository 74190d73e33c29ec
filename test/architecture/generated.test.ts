import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { editorSchema } from '../../lib/core/spec/json-schema';

interface Schema {
  description?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  definitions?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
}

/** Every key of the schema without a text to show when the pointer rests on it. */
function undescribed(schema: Schema, path: string): string[] {
  const here = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => [
    ...(value.description === undefined ? [`${path}.${key}`] : []),
    ...undescribed(value, `${path}.${key}`),
  ]);
  const inner = [
    schema.items,
    typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined,
    ...(schema.anyOf ?? []),
  ];
  return [...here, ...inner.flatMap((value) => (value === undefined ? [] : undescribed(value, `${path}.*`)))];
}

/** Maps of the schema that require a key; lists replace as a whole, so their items may. */
function requiring(schema: Schema, path: string): string[] {
  const inner =
    typeof schema.additionalProperties === 'object'
      ? { ...schema.properties, '*': schema.additionalProperties }
      : schema.properties;
  return [
    ...(schema.required === undefined ? [] : [path]),
    ...Object.entries(inner ?? {}).flatMap(([key, value]) => requiring(value, `${path}.${key}`)),
  ];
}

describe('generated files', () => {
  test('are what `npm run docgen` writes', () => {
    execFileSync(process.execPath, ['scripts/docgen.mjs', '--check'], { stdio: 'pipe' });
  }, 120_000);
});

describe('the editor schema', () => {
  const schema = JSON.parse(readFileSync('environments/schema.json', 'utf8')) as Schema;

  test('is generated from the one schema', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(editorSchema())));
  });

  test('explains every key, also below override', () => {
    expect(undescribed(schema, '')).toEqual([]);
    expect(
      Object.values(schema.definitions ?? {}).flatMap((definition, index) =>
        undescribed(definition, `definitions[${index}]`),
      ),
    ).toEqual([]);
  });

  test('requires nothing outside lists, since a file may take any key from the one it extends', () => {
    expect(requiring(schema, '')).toEqual([]);
    expect(Object.values(schema.definitions ?? {}).flatMap((definition) => requiring(definition, ''))).toEqual([]);
  });
});
