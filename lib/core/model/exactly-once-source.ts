import type { EnvironmentModel } from './model';

/** Option of workers, KIP-618. The kit enables it where nothing else is written. */
export const EXACTLY_ONCE_SOURCE = 'exactly.once.source.support';

export interface SourceSupport {
  /** Whose workers. */
  readonly group: 'connect' | 'mirror';
  /** `disabled`, `preparing` or `enabled`. */
  readonly value: string;
  /** Where it is written, or would be. */
  readonly path: readonly string[];
}

/** Of each group of workers that runs beside the brokers. */
export function sourceSupport(model: EnvironmentModel): SourceSupport[] {
  const { connect, mirrorMaker, spec } = model;
  const option = (written: unknown): string => String(written ?? 'enabled');
  return [
    ...(connect === undefined || connect.environment !== undefined
      ? []
      : [
          {
            group: 'connect' as const,
            value: option(spec.connect?.config?.[EXACTLY_ONCE_SOURCE]),
            path: ['connect', 'config', EXACTLY_ONCE_SOURCE],
          },
        ]),
    ...(mirrorMaker === undefined
      ? []
      : [
          {
            group: 'mirror' as const,
            value: option(mirrorMaker.config[EXACTLY_ONCE_SOURCE]),
            path: ['targets', 'kubernetes', 'mirrorMaker', 'config', EXACTLY_ONCE_SOURCE],
          },
        ]),
  ];
}
