import type { Duration } from 'cdk8s';

/** How often an application is asked for its health. */
export interface StreamAppProbeProps {
  /**
   * How often.
   *
   * @default - every 10 seconds
   */
  readonly period?: Duration;
  /**
   * Failures in a row that count.
   *
   * @default 3
   */
  readonly failures?: number;
}

/** How an application is asked for its health. */
export class StreamAppProbe {
  /** A path is asked for by HTTP; a status from 200 to 399 is healthy. */
  public static http(path: string, port: number, props: StreamAppProbeProps = {}): StreamAppProbe {
    return new StreamAppProbe({ path, port }, props);
  }

  /** A port can be connected to. */
  public static tcp(port: number, props: StreamAppProbeProps = {}): StreamAppProbe {
    return new StreamAppProbe({ port }, props);
  }

  /** A command in the container ends with status 0. */
  public static command(command: string[], props: StreamAppProbeProps = {}): StreamAppProbe {
    return new StreamAppProbe({ command }, props);
  }

  private constructor(
    private readonly way: Readonly<Record<string, unknown>>,
    private readonly props: StreamAppProbeProps,
  ) {}

  /** @internal */
  public _spec(): Record<string, unknown> {
    const { period, failures } = this.props;
    return {
      ...this.way,
      ...(period === undefined ? {} : { period: `${period.toSeconds()}s` }),
      ...(failures === undefined ? {} : { failures }),
    };
  }
}
