import Ajv, { type ValidateFunction } from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { renderStrimzi } from '../../charts/strimzi';
import { KAFKA_RELEASES } from '../../lib/core/versions';
import { STRIMZI_RELEASES } from '../../lib/core/strimzi';
import type { EnvironmentModel } from '../../lib/core/model';
import { modelOfFile, modelOfText } from '../support/environments';
import { kubernetesText } from '../support/manifests';
import { EVERYTHING } from '../support/strimzi-everything';

const VERSION = STRIMZI_RELEASES.at(-1)!.patch;
const CACHE = dirname(process.env.KDK_SYSTEM_VENV ?? join(homedir(), '.cache/kafka-deployment-kit/system-venv'));
/** Made by scripts/strimzi-definitions.sh out of Strimzi's own artifacts. */
const DEFINITIONS = join(CACHE, `strimzi-${VERSION}`);

const SECURE =
  '{ internal: { authentication: mtls }, sso: { authentication: oauthbearer }, open: { authentication: none, encryption: none } }';

const ENVIRONMENTS: [string, EnvironmentModel][] = [
  ['staging', modelOfFile('staging')],
  ['everything that a file can say', modelOfText(EVERYTHING)],
  [
    'combined nodes, the zone of their pod, and workers with certificates',
    modelOfText(
      kubernetesText({
        version: '1.35',
        listeners: SECURE,
        pools: '{ nodes: { roles: [broker, controller], replicas: 3, volumes: [{ size: 1GiB }, { size: 1GiB }] } }',
        settings: 'rackSource: pod-zone-label, certificates: secret',
        more: `connect: { plugins: { pg: { maven: 'io.debezium:debezium-connector-postgres:3.6.0.Final' } } }
topics: { Orders_v1: {} }`,
      }).replace("kafka:4.3.1' }", "kafka:4.3.1', plugins: { pg: { image: 'registry.example/pg:1' } } }"),
    ),
  ],
  [
    'workers that log in by OAUTHBEARER',
    modelOfText(kubernetesText({ listeners: '{ sso: { authentication: oauthbearer } }', more: 'connect: {}' })),
  ],
  [
    'mirrors that log in by OAUTHBEARER, by certificate and not at all',
    modelOfText(
      kubernetesText({
        listeners: SECURE,
        more: `mirrors:
  sso: { source: { bootstrapServers: 'a.example:9093', authentication: oauthbearer, username: reader }, topics: [orders] }
  cert: { source: { bootstrapServers: 'b.example:9093', authentication: mtls, authority: public }, topics: ['shop.*'] }
  open: { source: { bootstrapServers: 'c.example:9092', authentication: none, encryption: none }, topics: [clicks] }
`,
      }),
    ),
  ],
  ...KAFKA_RELEASES.filter(({ selfManaged }) => selfManaged).map(({ version, patch }): [string, EnvironmentModel] => [
    `Kafka ${patch}`,
    modelOfText(kubernetesText().replace("'4.3'", `'${version}'`)),
  ]),
];

describe(`the definitions of Strimzi ${VERSION}`, () => {
  const validators = new Map<string, ValidateFunction>();
  for (const file of readdirSync(DEFINITIONS)) {
    const { spec } = parse(readFileSync(join(DEFINITIONS, file), 'utf8')) as Definition;
    const [version] = spec.versions;
    expect([file, version!.name, spec.versions.length]).toEqual([file, 'v1', 1]);
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    validators.set(spec.names.kind, ajv.compile(closed(version!.schema.openAPIV3Schema) as object));
  }
  const errorsOf = (object: Resource): string[] => {
    const validate = validators.get(object.kind);
    if (validate === undefined) return [`no definition of ${object.kind}`];
    validate(object);
    return [
      ...(validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      ),
      ...ruleErrors(object),
    ];
  };

  test.each(ENVIRONMENTS)('take every resource of %s, field by field', (_, model) => {
    const { files, issues } = renderStrimzi(model);
    expect(issues.filter(({ level }) => level === 'error')).toEqual([]);
    const objects = files.filter(({ path }) => path.endsWith('.yaml')).map(({ content }) => parse(content) as Resource);
    const own = objects.filter(({ apiVersion }) => apiVersion === 'kafka.strimzi.io/v1');
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(
      own.flatMap((object) => errorsOf(object).map((error) => `${object.kind} ${object.metadata.name}${error}`)),
    ).toEqual([]);
  });

  test('fails for a field that they do not know, so that the check can see one', () => {
    const { files } = renderStrimzi(ENVIRONMENTS[0]![1]);
    const pool = files.find(({ path }) => path.includes('kafkanodepool'))!.content;
    expect(errorsOf(parse(pool.replace('enableServiceLinks', 'enableServiceLink')) as Resource).join()).toContain(
      'enableServiceLink',
    );
    expect(errorsOf(parse(pool.replace('replicas: 1', 'replicas: one')) as Resource).join()).toContain(
      '/spec/replicas',
    );
  });
});

interface Definition {
  readonly spec: {
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: unknown } }[];
  };
}

interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly spec: any;
}

/** The schema as the API server applies it with `fieldValidation=Strict`: a field that it does not name is an error. */
function closed(node: unknown, top = true): unknown {
  if (Array.isArray(node)) return node.map((item) => closed(item, false));
  if (typeof node !== 'object' || node === null) return node;
  const schema = node as Record<string, unknown>;
  if (schema['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'] };
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties')
      copy[key] = Object.fromEntries(
        Object.entries(value as object).map(([name, inner]) => [name, closed(inner, false)]),
      );
    // Alternatives name some fields of the same object again: they close nothing.
    else if (['items', 'additionalProperties'].includes(key)) copy[key] = closed(value, false);
    else copy[key] = value;
  }
  const free = schema['x-kubernetes-preserve-unknown-fields'] === true || schema['additionalProperties'] !== undefined;
  if (schema['properties'] !== undefined && !free) {
    copy['additionalProperties'] = false;
    if (top) copy['properties'] = { ...(copy['properties'] as object), metadata: { type: 'object' } };
  }
  return copy;
}

/** The rules in CEL that the schemas hold, as far as the kit writes the fields that they are about. */
function ruleErrors({ kind, spec }: Resource): string[] {
  const errors: string[] = [];
  for (const rack of [spec.rack, spec.kafka?.rack]) {
    if (rack === undefined) continue;
    const byVariable = rack.type === 'environment-variable';
    if (byVariable ? !rack.envVarName : !rack.topologyKey) errors.push(' rack without its source');
  }
  for (const metrics of [spec.metricsConfig, spec.kafka?.metricsConfig])
    if (metrics?.type === 'jmxPrometheusExporter' && metrics.valueFrom === undefined)
      errors.push(' metrics without rules');
  if (kind === 'KafkaUser' && spec.authentication?.type !== 'tls' && spec.authentication?.validityDays !== undefined)
    errors.push(' validity without a certificate');
  return errors;
}
