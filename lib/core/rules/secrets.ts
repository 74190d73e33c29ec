import { isPlaceholder } from '../catalogue';
import type { Path } from '../issue';
import { podSettings, podsElsewhere, type EnvironmentModel } from '../model';
import { isSecretOption } from '../msk-connect';
import type { EnvironmentSpec, TargetName } from '../spec';
import { didYouMean, oneOf, overridePath } from './hint';
import type { Rule } from './rule';

type Provider = NonNullable<NonNullable<EnvironmentSpec['secrets']>[string]['provider']>;

const PROVIDERS: Readonly<Record<TargetName, Provider>> = {
  msk: 'aws-secrets-manager',
  'msk-serverless': 'aws-secrets-manager',
  ec2: 'aws-secrets-manager',
  kubernetes: 'kubernetes',
  hosts: 'file',
  local: 'file',
};

/** Secrets by reference, and none by value. */
export const SECRET_RULES: readonly Rule[] = [
  {
    code: 'SECRET-UNKNOWN',
    level: 'error',
    what: 'A secret that is referred to is an entry of secrets.',
    why: 'The client or connector would find no value when it starts.',
    source: 'the environment schema',
    check(model, report) {
      const names = Object.keys(model.spec.secrets ?? {});
      for (const { secret, path } of references(model)) {
        if (names.includes(secret)) continue;
        report({
          path,
          message: `the secret is not declared, got ${secret}; ${oneOf(names)}.`,
          hint: didYouMean(secret, names, `Add it: secrets: { ${secret}: { id: ... } }.`),
        });
      }
    },
  },
  {
    code: 'SECRET-PROVIDER',
    level: 'error',
    what: 'A secret that is used is kept where the target can read it.',
    why: 'Secrets Manager on AWS, a Secret on Kubernetes, files on hosts and laptops: a target reads no other.',
    source: 'the environment schema',
    check(model, report) {
      const readers = new Map([...references(model)].map(({ secret, path }) => [secret, readerOf(model, path)]));
      for (const [name, { provider }] of Object.entries(model.spec.secrets ?? {})) {
        const reader = readers.get(name);
        const wanted = reader && PROVIDERS[reader];
        if (wanted === undefined || provider === undefined || provider === wanted) continue;
        const path = ['secrets', name, 'provider'];
        report({
          path,
          message: `${reader} cannot read this provider, got ${provider}; ${wanted} is allowed.`,
          hint:
            reader === model.target
              ? `Say what holds there: ${overridePath(model, ['secrets', name])}: { provider: ${wanted}, id: ... }.`
              : `Name a Secret beside the pods: { provider: ${wanted}, id: ... }.`,
        });
      }
    },
  },
  {
    code: 'SECRET-IN-CONFIG',
    level: 'error',
    what: 'No option that holds a secret by its name has a literal value.',
    why: 'Environments are committed, rendered and reviewed: whoever reads the repository would have the secret.',
    source: 'KIP-297, externalised secrets',
    check(model, report) {
      for (const [path, config] of configs(model)) {
        for (const [option, value] of Object.entries(config)) {
          if (!isSecretOption(option) || isPlaceholder(String(value)) || String(value) === '') continue;
          report({
            path: [...path, option],
            message: `a secret stands in the environment, got a value for ${option}; a reference is allowed.`,
            hint:
              path[2] === 'env'
                ? `Move it to secretEnv: { ${option}: { secret: NAME, key: KEY } }, and change the secret: it was written down.`
                : path[1] === 'connectors'
                  ? `Move it to secretConfig: { ${option}: { secret: NAME, key: KEY } }, and change the secret: it was written down.`
                  : 'Remove it, and change the secret: it was written down.',
          });
        }
      }
    },
  },
];

/** Pods of another environment read the secrets of what runs in them; all else the target itself. */
function readerOf(model: EnvironmentModel, [section]: Path): TargetName {
  const ofPods = ['connect', 'mirrors', 'applications'].includes(String(section));
  return ofPods && podsElsewhere(model.spec) !== undefined ? 'kubernetes' : model.target;
}

function* references(model: EnvironmentModel): Iterable<{ secret: string; path: Path }> {
  for (const [name, { password, users }] of Object.entries(model.spec.principals ?? {})) {
    if (password !== undefined) yield { secret: password.secret, path: ['principals', name, 'password', 'secret'] };
    for (const [user, entry] of Object.entries(users ?? {})) {
      if (entry.password === undefined) continue;
      yield { secret: entry.password.secret, path: ['principals', name, 'users', user, 'password', 'secret'] };
    }
  }
  for (const [name, connector] of Object.entries(model.spec.connect?.connectors ?? {})) {
    for (const [option, { secret }] of Object.entries(connector.secretConfig ?? {})) {
      yield { secret, path: ['connect', 'connectors', name, 'secretConfig', option, 'secret'] };
    }
  }
  for (const [name, { source }] of Object.entries(model.spec.mirrors ?? {}))
    if (source.secret !== undefined) yield { secret: source.secret, path: ['mirrors', name, 'source', 'secret'] };
  yield* ofApplications(model);
}

function* ofApplications(model: EnvironmentModel): Iterable<{ secret: string; path: Path }> {
  for (const [name, { secretEnv = {} }] of Object.entries(model.spec.applications ?? {}))
    for (const [variable, { secret }] of Object.entries(secretEnv))
      yield { secret, path: ['applications', name, 'secretEnv', variable, 'secret'] };
}

function* configs(model: EnvironmentModel): Iterable<[Path, Record<string, unknown>]> {
  const { connect } = model.spec;
  if (connect?.config !== undefined) yield [['connect', 'config'], connect.config];
  for (const [name, { config }] of Object.entries(connect?.connectors ?? {})) {
    if (config !== undefined) yield [['connect', 'connectors', name, 'config'], config];
  }
  for (const [name, { config }] of Object.entries(model.spec.mirrors ?? {}))
    if (config !== undefined) yield [['mirrors', name, 'config'], config];
  const workers = podSettings(model)?.mirrorMaker?.config;
  if (workers !== undefined) yield [['targets', 'kubernetes', 'mirrorMaker', 'config'], workers];
  for (const [name, { env, consume, produce, streams }] of Object.entries(model.spec.applications ?? {})) {
    if (env !== undefined) yield [['applications', name, 'env'], env];
    for (const [section, settings] of Object.entries({ consume, produce, streams }))
      if (settings?.config !== undefined) yield [['applications', name, section, 'config'], settings.config];
  }
}
