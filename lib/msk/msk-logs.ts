import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { NamedDestinations } from './private/named-destinations';

/** Where logs of a cluster go; each destination that is given gets all of them. */
export interface MskLogDestinations {
  /**
   * A log group that is there already.
   *
   * @default - one of the cluster's own, unless there is another destination and no `retentionDays`
   */
  readonly logGroup?: ILogGroup;
  /**
   * Days that the cluster's own log group keeps events.
   *
   * @default 30
   */
  readonly retentionDays?: number;
  /**
   * A bucket; the service writes its policy if the one who deploys may.
   *
   * @default - none
   */
  readonly bucket?: IBucket;
  /**
   * Prefix of the objects in the bucket.
   *
   * @default - none
   */
  readonly prefix?: string;
  /**
   * Name of a delivery stream of Amazon Data Firehose.
   *
   * @default - none
   */
  readonly deliveryStreamName?: string;
}

/** Logs of the brokers, of their authorizer, of a connector or a replicator. */
export class MskLogs {
  /** To one destination or several. */
  public static to(destinations: MskLogDestinations): MskLogs {
    const { logGroup, bucket, ...rest } = destinations;
    return new MskLogs({
      ...rest,
      ...(logGroup === undefined ? {} : { logGroupName: logGroup.logGroupName }),
      ...(bucket === undefined ? {} : { bucketName: bucket.bucketName }),
    });
  }

  /** Nowhere; not allowed for the brokers. */
  public static none(): MskLogs {
    return new MskLogs(undefined);
  }

  /** @internal */
  public static _of(destinations: NamedDestinations | undefined): MskLogs {
    return new MskLogs(destinations);
  }

  /** @internal */
  public readonly _destinations: NamedDestinations | undefined;

  private constructor(destinations: NamedDestinations | undefined) {
    this._destinations = destinations;
  }
}
