import { Failure } from '../../core/issue';
import { mskConnectModel, PLUGIN_FOLDER, type PluginParts } from '../../core/msk-connect';
import { assemblePlugin, type AssembledPlugin } from '../../local/connect-plugins';
import { formatBytes } from '../../core/units';
import { openOwnCluster } from '../open-valid';
import type { CommonOptions, Context, Outcome } from '../outcome';

export interface PluginsOptions extends CommonOptions {
  readonly part?: readonly string[];
  readonly out?: string;
}

/** `kdk plugins ENV`: puts the plugins of MSK Connect together, which synth needs and reads no network for. */
export async function plugins(
  argument: string | undefined,
  options: PluginsOptions,
  { progress, signal }: Context,
): Promise<Outcome> {
  const { part = [], out = PLUGIN_FOLDER } = options;
  if ((argument === undefined) === (part.length === 0)) {
    throw new Failure(
      'USAGE',
      `what to put together is not clear, got ${argument === undefined ? 'neither an environment nor --part' : 'an environment and --part'}; one of them is needed.`,
      'Try kdk plugins prod.',
      2,
    );
  }
  const valid = argument === undefined ? undefined : openOwnCluster(argument, options);
  const wanted =
    valid === undefined ? [part as unknown as PluginParts] : partsOf(mskConnectModel(valid.model)?.plugins ?? []);
  const assembled: AssembledPlugin[] = [];
  for (const parts of wanted) assembled.push(await assemblePlugin(parts, { folder: out, progress, signal }));
  return {
    ...(valid === undefined ? {} : { environment: valid.name }),
    issues: valid?.issues ?? [],
    result: { plugins: assembled },
    lines:
      assembled.length === 0
        ? ['No connector of the environment has a plugin from Maven.']
        : assembled.map(
            ({ path, jars, bytes, sha256 }) => `${path}: ${jars} jars, ${formatBytes(bytes)}, sha256 ${sha256}`,
          ),
  };
}

function partsOf(declared: NonNullable<ReturnType<typeof mskConnectModel>>['plugins']): PluginParts[] {
  return declared.flatMap(({ source }) => (source.kind === 'parts' ? [source.parts] : []));
}
