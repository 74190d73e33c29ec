import type { EnvironmentModel } from '../model';
import type { Ec2Expression } from './cloudwatch/ec2/ec2-expression';
import type { MskExpression } from './cloudwatch/msk-expression';

/** Where the pages of signals are read. */
const RUNBOOKS = 'https://github.com/kafka-deployment-kit/kafka-deployment-kit/blob/main/docs/runbooks';

/** Address of the page that says what to do. */
export function runbookOf({ id }: Pick<Signal, 'id'>): string {
  return `${RUNBOOKS}/${id}.md`;
}

/** Where `kdk exporter` listens unless it is told otherwise: the port that lag exporters of Kafka have. */
export const EXPORTER_PORT = 9308;

/** `critical` wakes somebody up: records or requests are being lost. `warning` is for the next working day. */
export type Severity = 'critical' | 'warning';

/** What somebody wants to know of a cluster. */
export type Question =
  | 'is data safe'
  | 'is it available'
  | 'is it late'
  | 'will it be full'
  | 'is it overloaded'
  | 'does it move data in and out';

/** Something that can be wrong with a cluster, whatever it runs on. */
export interface Signal {
  /** Its name everywhere, and of its page in docs/runbooks; never changes. */
  readonly id: string;
  readonly title: string;
  readonly question: Question;
  /** Why anybody should care, in a sentence. */
  readonly why: string;
  readonly severity: Severity;
  /** Over what the JMX exporter of the kit exposes. Undefined: the model has nothing to watch. */
  readonly prometheus: (watched: Watched) => PrometheusAlert | undefined;
  /** Over what Amazon MSK publishes in CloudWatch. Absent: it publishes nothing of it. */
  readonly msk?: MskExpression;
  /** Over what is in CloudWatch of a cluster on EC2. Absent: nothing of it. */
  readonly ec2?: Ec2Expression;
}

/** What a signal is worked out from. */
export interface Watched {
  readonly model: EnvironmentModel;
  /** A series of this environment: `kafka_x{environment="prod"}`, with further matchers where they are given. */
  readonly series: (name: string, matchers?: string) => string;
}

export interface PrometheusAlert {
  /** True while it is wrong; no more labels than what the summary needs. */
  readonly expression: string;
  /** How long it has to be true, minutes. */
  readonly forMinutes: number;
  /** What is wrong, with the figures: a template of Prometheus. */
  readonly summary: string;
}

/** Selects the series of one environment. */
export function watched(model: EnvironmentModel): Watched {
  return {
    model,
    series: (name, matchers) => `${name}{environment="${model.name}"${matchers === undefined ? '' : `,${matchers}`}}`,
  };
}
