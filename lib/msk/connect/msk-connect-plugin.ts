import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { Annotations, Resource } from 'aws-cdk-lib/core';
import { CfnCustomPlugin } from 'aws-cdk-lib/aws-kafkaconnect';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { refuse } from '../../aws/private/construct-failure';
import { isReview } from '../../aws/private/review';
import {
  PLUGIN_FOLDER,
  pluginCommand,
  pluginFileName,
  pluginPartProblems,
  type PluginParts,
} from '../../core/msk-connect';
import { contentName } from './private/content-name';

/** A plugin of MSK Connect, ours or imported: the code of connectors, converters and config providers. */
export interface IMskConnectPlugin {
  /** The ARN of the plugin. */
  readonly pluginArn: string;
  /** Its revision. */
  readonly pluginRevision: number;
}

/** A plugin in a bucket. */
export interface S3PluginLocation {
  /** The bucket; whoever deploys must be allowed to read it. */
  readonly bucket: IBucket;
  /** Key of the file; its ending is .zip or .jar. */
  readonly key: string;
  /**
   * Version of the object. Without one the service keeps the file that it saw first, whatever stands at the key later.
   *
   * @default - the newest at the time that the plugin is made
   */
  readonly objectVersion?: string;
}

/** How a plugin is put together from Maven artifacts. */
export interface MavenPluginOptions {
  /**
   * More that goes into the same plugin: Maven coordinates, or files (`file:vendor/provider.jar`). The service takes one plugin for a
   * connector, so that converters and config providers have to be in it.
   *
   * @default - none
   */
  readonly additional?: string[];
  /**
   * The folder that `kdk plugins` wrote the plugin to.
   *
   * @default '.kdk/plugins'
   */
  readonly folder?: string;
}

/** The code that connectors on MSK Connect run. Every change of it makes another plugin, and replaces the connectors that use it. */
export class MskConnectPlugin extends Resource implements IMskConnectPlugin {
  /** A plugin that is there already. */
  public static fromPluginArn(pluginArn: string, revision: number = 1): IMskConnectPlugin {
    return { pluginArn, pluginRevision: revision };
  }

  /**
   * A plugin from a file of this machine, which is uploaded with the assets of the stack.
   *
   * @param path Path of a .zip or .jar.
   */
  public static fromFile(scope: Construct, id: string, path: string): MskConnectPlugin {
    return new MskConnectPlugin(scope, id, (plugin) => fileLocation(plugin, path));
  }

  /** A plugin from a bucket. */
  public static fromS3(scope: Construct, id: string, location: S3PluginLocation): MskConnectPlugin {
    return new MskConnectPlugin(scope, id, (plugin) => s3Location(plugin, location));
  }

  /**
   * A plugin from Maven artifacts with what they need at run time. Synth reads no network: `kdk plugins` puts the file together before, and
   * without it the stack is synthesised and cannot be deployed.
   *
   * @param coordinates The connector, `group:artifact:version`.
   */
  public static fromMaven(
    scope: Construct,
    id: string,
    coordinates: string,
    options: MavenPluginOptions = {},
  ): MskConnectPlugin {
    const parts: PluginParts = [coordinates, ...(options.additional ?? [])];
    return MskConnectPlugin._fromParts(scope, id, parts, { command: pluginCommand(parts), ...options });
  }

  /** @internal */
  public static _fromFile(scope: Construct, id: string, path: string): MskConnectPlugin {
    return new MskConnectPlugin(scope, id, (plugin) =>
      isReview(plugin) ? standInLocation(plugin, path, extname(path)) : fileLocation(plugin, path),
    );
  }

  /** @internal */
  public static _fromParts(
    scope: Construct,
    id: string,
    parts: PluginParts,
    options: { readonly command: string; readonly folder?: string },
  ): MskConnectPlugin {
    return new MskConnectPlugin(scope, id, (plugin) => assembledLocation(plugin, parts, options));
  }

  /**
   * The ARN of the plugin.
   *
   * @attribute
   */
  public readonly pluginArn: string;
  public readonly pluginRevision: number;

  private constructor(scope: Construct, id: string, locate: (plugin: Construct) => Located) {
    super(scope, id);
    const { content, key, bucketArn, objectVersion } = locate(this);
    const plugin = new CfnCustomPlugin(this, 'Resource', {
      name: contentName(this, content),
      contentType: key.endsWith('.jar') ? 'JAR' : 'ZIP',
      location: {
        s3Location: { bucketArn, fileKey: key, ...(objectVersion === undefined ? {} : { objectVersion }) },
      },
    });
    this.pluginArn = plugin.attrCustomPluginArn;
    this.pluginRevision = plugin.attrRevision;
  }
}

interface Located {
  /** What makes it another plugin. */
  readonly content: unknown;
  readonly bucketArn: string;
  readonly key: string;
  readonly objectVersion?: string;
}

function fileLocation(scope: Construct, path: string): Located {
  const there = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  refuse(scope, 'MSK-CONNECT-PLUGIN', [
    ...endingProblems('path', path),
    ...(there
      ? []
      : [
          {
            property: 'path',
            message: `there is no such file, got "${resolve(path)}"; the path of a .zip or .jar is allowed.`,
            hint: 'Check the path; it counts from the folder that synth runs in.',
          },
        ]),
  ]);
  return assetLocation(scope, path);
}

function assetLocation(scope: Construct, path: string): Located {
  const asset = new Asset(scope, 'File', { path });
  return { content: asset.assetHash, bucketArn: asset.bucket.bucketArn, key: asset.s3ObjectKey };
}

function s3Location(scope: Construct, { bucket, key, objectVersion }: S3PluginLocation): Located {
  refuse(scope, 'MSK-CONNECT-PLUGIN', endingProblems('key', key));
  return {
    content: [bucket.bucketArn, key, objectVersion],
    bucketArn: bucket.bucketArn,
    key,
    ...(objectVersion === undefined ? {} : { objectVersion }),
  };
}

function assembledLocation(
  scope: Construct,
  parts: PluginParts,
  { command, folder = PLUGIN_FOLDER }: { readonly command: string; readonly folder?: string },
): Located {
  refuse(scope, 'MSK-CONNECT-PLUGIN', pluginPartProblems(parts));
  const path = join(folder, pluginFileName(parts));
  const review = isReview(scope);
  if (!review && existsSync(path)) return assetLocation(scope, path);
  if (!review) {
    Annotations.of(scope).addError(
      `${scope.node.path}: the plugin is not assembled, got no ${path}; it is needed to deploy. Run ${command}.`,
    );
  }
  return standInLocation(scope, parts.join('\n'), extname(path));
}

/** A review is the same on every machine, whether the plugin is there or not: what it is made of stands in for the file. */
function standInLocation(scope: Construct, content: string, ending: string): Located {
  const standIn = join(mkdtempSync(join(tmpdir(), 'kdk-plugin-')), `plugin${ending}`);
  writeFileSync(standIn, `${content}\n`);
  return { ...assetLocation(scope, standIn), content };
}

function endingProblems(property: string, path: string) {
  if (/\.(zip|jar)$/.test(path)) return [];
  return [
    {
      property,
      message: `not a plugin, got "${path}"; a file that ends in .zip or .jar is allowed.`,
      hint: 'Put the jars of the connector and what they need into one .zip.',
    },
  ];
}
