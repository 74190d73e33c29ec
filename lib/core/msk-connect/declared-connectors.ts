import type { EnvironmentModel, PrincipalModel } from '../model';
import type { EnvironmentSpec } from '../spec';
import { DEFAULT_SCALE_IN_PERCENT, DEFAULT_SCALE_OUT_PERCENT, type ConnectorCapacity } from './capacity';
import { DEFAULT_KAFKA_CONNECT_VERSION } from './limits';
import type { PluginParts } from './plugin-parts';

export type MskConnectSettings = NonNullable<NonNullable<NonNullable<EnvironmentSpec['targets']>['msk']>['connect']>;
export type CapacitySpec = NonNullable<MskConnectSettings['capacity']>;

/** Where the file of a plugin comes from. */
export type PluginSource =
  | { readonly kind: 'parts'; readonly parts: PluginParts }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string; readonly objectVersion?: string };

export interface DeclaredPlugin {
  readonly name: string;
  readonly source: PluginSource;
}

export interface DeclaredConnector {
  /** As the environment calls it. */
  readonly name: string;
  /** In the account: one environment does not get in the way of another. */
  readonly connectorName: string;
  readonly plugin: string;
  readonly className: string;
  /** Undefined where autoscaling decides. */
  readonly tasksMax?: number;
  readonly config: Readonly<Record<string, string>>;
  readonly secretConfig: Readonly<Record<string, { readonly secret: string; readonly key: string }>>;
  readonly capacity: ConnectorCapacity;
  readonly version: string;
  readonly principal?: PrincipalModel;
}

export interface MskConnectModel {
  readonly listener: string;
  readonly plugins: readonly DeclaredPlugin[];
  readonly connectors: readonly DeclaredConnector[];
  /** Options of all workers. */
  readonly workerConfig: Readonly<Record<string, string>>;
  readonly secretsProviderClass?: string;
  readonly secretsKmsKey?: string;
}

/** The settings of MSK Connect for the chosen target. */
export function mskConnectSettings(model: EnvironmentModel): MskConnectSettings {
  const { target } = model;
  if (target !== 'msk' && target !== 'msk-serverless') return {};
  return model.spec.targets?.[target]?.connect ?? {};
}

/** Whether MSK Connect runs the connectors of the environment. */
export function runsOnMskConnect(model: EnvironmentModel): boolean {
  return model.managedBy === 'service' && model.spec.connect?.runtime === 'msk-connect';
}

/** Connectors that are to stay, by name. */
export function wantedConnectors(model: EnvironmentModel) {
  return Object.entries(model.spec.connect?.connectors ?? {}).filter(([, { deleted }]) => deleted === undefined);
}

/** What MSK Connect is to run; undefined where it runs nothing. */
export function mskConnectModel(model: EnvironmentModel): MskConnectModel | undefined {
  if (!runsOnMskConnect(model)) return undefined;
  const { connect } = model.spec;
  const settings = mskConnectSettings(model);
  const connectors = wantedConnectors(model).map(([name, connector]): DeclaredConnector => {
    const own = settings.connectors?.[name];
    const capacity = connectorCapacity(own?.capacity ?? settings.capacity ?? {});
    const principal = model.principals.find((candidate) => candidate.name === connector.principal);
    return {
      name,
      connectorName: `${model.name}-${name}`,
      plugin: connector.plugin ?? '',
      className: connector.class ?? '',
      ...(capacity.kind === 'autoscaled' ? {} : { tasksMax: connector.tasksMax ?? 1 }),
      config: texts(connector.config ?? {}),
      secretConfig: connector.secretConfig ?? {},
      capacity,
      version: own?.version ?? settings.version ?? DEFAULT_KAFKA_CONNECT_VERSION,
      ...(principal === undefined ? {} : { principal }),
    };
  });
  const { class: secretsProviderClass, kmsKey } = settings.secretsProvider ?? {};
  return {
    listener: connect?.listener ?? model.listeners[0]?.name ?? '',
    plugins: usedPlugins(model, connectors),
    connectors,
    workerConfig: texts(connect?.config ?? {}),
    ...(secretsProviderClass === undefined ? {} : { secretsProviderClass }),
    ...(kmsKey === undefined ? {} : { secretsKmsKey: kmsKey }),
  };
}

/** The capacity that the keys come to; a maximum makes it scale. */
export function connectorCapacity(written: CapacitySpec): ConnectorCapacity {
  const mcu = written.mcu ?? 1;
  if (written.maxWorkers === undefined) return { kind: 'provisioned', mcu, workers: written.workers ?? 1 };
  return {
    kind: 'autoscaled',
    mcu,
    minWorkers: written.minWorkers ?? 1,
    maxWorkers: written.maxWorkers,
    scaleInPercent: written.scaleInPercent ?? DEFAULT_SCALE_IN_PERCENT,
    scaleOutPercent: written.scaleOutPercent ?? DEFAULT_SCALE_OUT_PERCENT,
    ...(written.maxTasks === undefined ? {} : { maxTasks: written.maxTasks }),
  };
}

/** Plugins that a connector uses, with the provider of secrets in those that need it. */
function usedPlugins(model: EnvironmentModel, connectors: readonly DeclaredConnector[]): DeclaredPlugin[] {
  const settings = mskConnectSettings(model);
  const { maven: providerMaven, file: providerFile } = settings.secretsProvider ?? {};
  const provider = providerMaven ?? (providerFile === undefined ? undefined : `file:${providerFile}`);
  return Object.entries(model.spec.connect?.plugins ?? {}).flatMap(([name, { maven }]): DeclaredPlugin[] => {
    const users = connectors.filter(({ plugin }) => plugin === name);
    if (users.length === 0) return [];
    const { file, s3, objectVersion } = settings.plugins?.[name] ?? {};
    if (file !== undefined) return [{ name, source: { kind: 'file', path: file } }];
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(s3 ?? '') ?? [];
    if (bucket !== undefined && key !== undefined) {
      const version = objectVersion === undefined ? {} : { objectVersion };
      return [{ name, source: { kind: 's3', bucket, key, ...version } }];
    }
    const secrets = users.some(({ secretConfig }) => Object.keys(secretConfig).length > 0);
    const parts: PluginParts = secrets && provider !== undefined ? [maven, provider] : [maven];
    return [{ name, source: { kind: 'parts', parts } }];
  });
}

function texts(options: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]));
}
