import * as z from 'zod';
import { environment, neutralSections } from './schema/environment';

/** The part of JSON Schema that is read and written here. */
interface JsonSchema {
  [key: string]: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
}

/**
 * The schema of an environment file for editors, generated from the one schema. `override` gets the neutral sections with nothing
 * required and null allowed, and the top level requires nothing either, since a file may take any key from the one it extends.
 */
export function editorSchema(): JsonSchema {
  const schema = z.toJSONSchema(environment, { io: 'input', target: 'draft-7', unrepresentable: 'any' }) as JsonSchema;
  const sections = Object.keys(neutralSections);
  const definitions: Record<string, JsonSchema> = {};
  for (const section of sections) definitions[section] = relaxed(structuredClone(schema.properties![section]!));
  const override: JsonSchema = {
    type: 'object',
    description: 'What differs from the neutral part on this target. null removes.',
    properties: Object.fromEntries(
      sections.map((section) => [
        section,
        { $ref: `#/definitions/${section}`, description: schema.properties![section]!.description },
      ]),
    ),
    additionalProperties: false,
  };
  for (const target of Object.values(schema.properties!.targets!.properties!)) {
    if (target.properties?.override !== undefined) target.properties.override = override;
  }
  const { required: _required, ...top } = relaxed(schema, false);
  return {
    ...top,
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Kafka Deployment Kit environment',
    definitions,
  };
}

/** Nothing required and, below the top, null allowed everywhere: a file that extends another says only what differs. */
function relaxed(schema: JsonSchema, nullable = true): JsonSchema {
  const { required: _required, ...rest } = schema;
  const result: JsonSchema = { ...rest };
  if (rest.properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.entries(rest.properties).map(([key, value]) => [key, relaxed(value)]),
    );
  }
  if (typeof rest.additionalProperties === 'object' && rest.additionalProperties !== null) {
    result.additionalProperties = relaxed(rest.additionalProperties as JsonSchema);
  }
  if (!nullable || rest.$ref !== undefined) return result;
  if (typeof rest.type === 'string' && rest.enum === undefined && rest.const === undefined)
    return { ...result, type: [rest.type, 'null'] };
  if (Array.isArray(rest.enum)) {
    const { type: _type, ...words } = result;
    return { ...words, enum: [...rest.enum, null] };
  }
  if (rest.anyOf !== undefined) return { ...result, anyOf: [...rest.anyOf, { type: 'null' }] };
  return result;
}
