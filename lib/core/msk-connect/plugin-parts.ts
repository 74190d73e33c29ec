import { shortHash } from '../model';
import type { MskConnectProblem } from './problem';

/** Where assembled plugins are, from the folder of the project. */
export const PLUGIN_FOLDER = '.kdk/plugins';

/** What a plugin is put together from: Maven coordinates, and files of one's own (`file:vendor/provider.jar`). */
export type PluginParts = readonly [string, ...string[]];

/** Coordinates whose artifact may be another tomorrow. */
const MOVING = /-SNAPSHOT$|^(LATEST|RELEASE)$/i;
const COORDINATES = /^[\w.-]+:[\w.-]+:[\w.-]+$/;

/** `debezium-connector-postgres-3.6.0.Final-1a2b3c4d.zip`: a name that only these parts have. */
export function pluginFileName(parts: PluginParts): string {
  const [, artifact, version] = parts[0].split(':');
  const label = `${artifact ?? 'plugin'}-${version ?? '0'}`.replace(/[^\w.-]/g, '-').slice(0, 80);
  return `${label}-${shortHash(parts.join('\n'), 8)}.zip`;
}

/** The command that assembles the plugin. */
export function pluginCommand(parts: PluginParts): string {
  return `kdk plugins ${parts.map((part) => `--part ${part}`).join(' ')}`;
}

/** Why the parts cannot be put together, or not into the same bytes every day. */
export function pluginPartProblems(parts: readonly string[]): MskConnectProblem[] {
  return parts.flatMap((part) => {
    if (/^file:.+\.jar$/.test(part)) return [];
    if (!COORDINATES.test(part)) {
      return [
        {
          property: 'maven',
          message: `not Maven coordinates, got "${part}"; group:artifact:version, and file: with the path of a .jar, are allowed.`,
          hint: 'Write io.debezium:debezium-connector-postgres:3.6.0.Final, for example.',
        },
      ];
    }
    if (!MOVING.test(part.split(':')[2]!)) return [];
    return [
      {
        property: 'maven',
        message: `the version may be another artifact tomorrow, got "${part}"; a released version is allowed.`,
        hint: 'Pin the version.',
      },
    ];
  });
}
