import { formatPath } from '../../../lib/core/issue';
import type { EnvironmentModel } from '../../../lib/core/model';
import { leaves, type SpecLeaf } from '../../../lib/core/rules';

/** What is checked while rendering, or meant for clients and for other tools: it belongs into no object, whichever way one renders. */
const RENDER_ONLY: readonly string[] = [
  'description',
  'topicDefaults.load.*',
  'topics.*.description',
  'topics.*.load.*',
  'capacity.*',
  'principals.*.rack',
  'secrets.*.provider',
  'owns.*',
  'acknowledge.*',
  'targets.kubernetes.version',
  'targets.kubernetes.images.kafka',
  'targets.kubernetes.images.tools',
  'targets.kubernetes.images.jmxExporter.*',
  'targets.kubernetes.images.plugins.*',
  'targets.kubernetes.strimzi.version',
  'connect.runtime',
  // The operator finds the class among all plugins.
  'connect.connectors.*.plugin',
];

export interface RenderOnly {
  readonly path: string;
  readonly value: string;
}

export function renderOnly(model: EnvironmentModel): RenderOnly[] {
  const { targets, ...neutral } = model.spec;
  const spec = { ...neutral, targets: { kubernetes: targets!.kubernetes } };
  const unused = unusedSecrets(model);
  const silent = model.principals.filter(({ listener }) =>
    model.listeners.some(({ name, authentication }) => name === listener && authentication === 'none'),
  );
  return leaves(spec, [])
    .filter(
      (leaf) =>
        RENDER_ONLY.some((pattern) => matches(leaf, pattern)) ||
        (leaf.path[0] === 'secrets' && unused.has(String(leaf.path[1]))) ||
        // Kafka cannot tell them apart: they have neither rights nor quotas.
        (leaf.path[0] === 'principals' && silent.some(({ name }) => name === leaf.path[1])),
    )
    .map(({ path, value }) => ({ path: formatPath(path), value }));
}

/** A `*` at the end stands for all below, elsewhere for one key. */
function matches({ path }: SpecLeaf, pattern: string): boolean {
  const keys = pattern.split('.');
  return (
    keys.every((key, index) => key === '*' || key === path[index]) &&
    path.length >= keys.length - 1 &&
    (keys.at(-1) === '*' || path.length === keys.length)
  );
}

/** Secrets that nothing on this target asks for. */
function unusedSecrets(model: EnvironmentModel): Set<string> {
  const names = new Set(Object.keys(model.spec.secrets ?? {}));
  for (const { secretConfig } of model.connect?.connectors ?? [])
    for (const { secret } of Object.values(secretConfig)) names.delete(secret);
  for (const { users } of model.principals) for (const { secret } of users) names.delete(secret.secret);
  return names;
}
