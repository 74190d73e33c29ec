import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

/** Where connectors and replicators write their log. */
export class MskLogDestination {
  /** A log group of CloudWatch. */
  public static cloudWatch(logGroup: ILogGroup): MskLogDestination {
    return new MskLogDestination({ logGroupName: logGroup.logGroupName });
  }

  /**
   * A bucket of S3.
   *
   * @param bucket The bucket.
   * @param prefix Of the keys; none unless given.
   */
  public static s3(bucket: IBucket, prefix?: string): MskLogDestination {
    return new MskLogDestination({ bucketName: bucket.bucketName, ...(prefix === undefined ? {} : { prefix }) });
  }

  /**
   * A delivery stream of Amazon Data Firehose.
   *
   * @param deliveryStreamName Name of the stream.
   */
  public static firehose(deliveryStreamName: string): MskLogDestination {
    return new MskLogDestination({ deliveryStreamName });
  }

  /** @internal */
  public static _logGroup(logGroupName: string): MskLogDestination {
    return new MskLogDestination({ logGroupName });
  }

  /** @internal */
  public readonly _destination: {
    readonly logGroupName?: string;
    readonly bucketName?: string;
    readonly prefix?: string;
    readonly deliveryStreamName?: string;
  };

  private constructor(destination: MskLogDestination['_destination']) {
    this._destination = destination;
  }
}
