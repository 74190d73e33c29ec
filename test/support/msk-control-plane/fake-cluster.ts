import { randomUUID } from 'node:crypto';
import { badRequest, notFound } from './fake-error';

export type FakeAuthentication = 'iam' | 'scram-sha-512' | 'mtls' | 'none';
export type FakeClusterState = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'FAILED' | 'DELETING';

/** How long an operation takes: so many looks at it, or so much time. */
export type FakePace = { readonly looks: number } | { readonly ms: number };

export interface FakeClusterOptions {
  readonly name: string;
  /** @default a new one */
  readonly arn?: string;
  /** @default PROVISIONED */
  readonly type?: 'PROVISIONED' | 'SERVERLESS';
  /** @default kafka.m7g.large */
  readonly instanceType?: string;
  /** @default ['iam'] */
  readonly authentications?: readonly FakeAuthentication[];
  /** Strings that are answered as given, for example the address of a real broker, by their names in the API. */
  readonly bootstrap?: Readonly<Record<string, string>>;
  /** @default ACTIVE; `CREATING` becomes `ACTIVE` at its pace */
  readonly state?: FakeClusterState;
  readonly pace: FakePace;
}

/** The part of the API's names of strings that an authentication has, and its port. */
const STRINGS: Readonly<Record<FakeAuthentication, readonly [string, number]>> = {
  iam: ['SaslIam', 9098],
  'scram-sha-512': ['SaslScram', 9096],
  mtls: ['Tls', 9094],
  none: ['', 9092],
};

export interface FakeOperation {
  readonly arn: string;
  readonly type: string;
  state: 'PENDING' | 'UPDATE_IN_PROGRESS' | 'UPDATE_COMPLETE' | 'UPDATE_FAILED';
  error?: { readonly errorCode: string; readonly errorString: string };
  readonly startTime: string;
}

/** What is under way, and what it does to the cluster in the end. */
interface Work {
  looks: number;
  readonly until: number;
  readonly finish: () => void;
}

/** One cluster of the fake control plane, with the states, versions and refusals that callers have to deal with. */
export class FakeCluster {
  readonly arn: string;
  readonly name: string;
  readonly type: 'PROVISIONED' | 'SERVERLESS';
  readonly operations: FakeOperation[] = [];
  /** Secrets that are associated with it. */
  readonly secrets = new Set<string>();
  /** Secrets that it answers as unprocessed, by ARN: an error code and its message. */
  readonly unprocessed = new Map<string, readonly [string, string]>();
  vpcAuthentications: FakeAuthentication[] = [];
  instanceType: string;
  authentications: readonly FakeAuthentication[];
  policy?: { readonly text: string; readonly version: string };
  configuration?: { readonly arn: string; readonly revision: number };
  /** The next operation ends in failure with this code and text. */
  failNextOperation?: readonly [string, string];
  state: FakeClusterState;
  private version = 1;
  private work: Work | undefined;

  constructor(private readonly options: FakeClusterOptions) {
    this.name = options.name;
    this.arn = options.arn ?? `arn:aws:kafka:eu-west-1:111122223333:cluster/${options.name}/${randomUUID()}-2`;
    this.type = options.type ?? 'PROVISIONED';
    this.instanceType = options.instanceType ?? 'kafka.m7g.large';
    this.authentications = options.authentications ?? ['iam'];
    this.state = options.state ?? 'ACTIVE';
    if (this.state === 'CREATING') this.begin(() => (this.state = 'ACTIVE'));
  }

  /** Versions are not numbers: https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn.html */
  get currentVersion(): string {
    return `K${(this.version * 7919).toString(36).toUpperCase().padStart(12, '3')}`;
  }

  /** Somebody looks: what takes so many looks comes one nearer to its end. */
  look(): void {
    if (this.work === undefined) return;
    this.work.looks -= 1;
    this.settle();
    const [running] = this.operations.slice(-1);
    if (this.work !== undefined && running?.state === 'PENDING') running.state = 'UPDATE_IN_PROGRESS';
  }

  /** What was due by now is done. */
  settle(): void {
    const { work } = this;
    if (work === undefined || work.looks > 0 || Date.now() < work.until) return;
    this.work = undefined;
    work.finish();
  }

  /** Another update of somebody else, which keeps the cluster busy at its pace. */
  beBusy(): FakeOperation {
    return this.operate('UPDATE_MONITORING', () => undefined);
  }

  /** Begins an operation on the cluster as it is; the service refuses it for any but an active cluster of that version. */
  update(type: string, currentVersion: unknown, apply: () => void): FakeOperation {
    if (this.state !== 'ACTIVE') throw badRequest(`You can't update a cluster in ${this.state} state.`);
    if (currentVersion !== this.currentVersion) {
      throw badRequest("The version of the cluster isn't current. Check the current version and try again.");
    }
    return this.operate(type, apply);
  }

  requireActive(what: string): void {
    if (this.state !== 'ACTIVE') throw badRequest(`You can't ${what} for a cluster in ${this.state} state.`);
  }

  operation(arn: string): FakeOperation {
    const found = this.operations.find((operation) => operation.arn === arn);
    if (found === undefined) throw notFound('The operation does not exist.');
    return found;
  }

  /** Strings by their names in the API; none before the cluster is there. */
  bootstrapStrings(): Record<string, string> {
    const host = (prefix: string, port: number): string =>
      [1, 2, 3].map((broker) => `b-${broker}.${prefix}${this.name}.kafka.test:${port}`).join(',');
    const own = this.authentications.map((authentication): [string, string] => {
      const [suffix, port] = STRINGS[authentication];
      return [`BootstrapBrokerString${suffix}`, host('', port)];
    });
    const vpc = this.vpcAuthentications.map((authentication): [string, string] => {
      const [suffix, port] = STRINGS[authentication];
      return [`BootstrapBrokerStringVpcConnectivity${suffix}`, host('vpc.', port + 5000)];
    });
    return { ...Object.fromEntries([...own, ...vpc]), ...this.options.bootstrap };
  }

  private operate(type: string, apply: () => void): FakeOperation {
    const failure = this.failNextOperation;
    delete this.failNextOperation;
    const operation: FakeOperation = {
      arn: `${this.arn.replace(':cluster/', ':cluster-operation/')}/${randomUUID()}`,
      type,
      state: 'PENDING',
      startTime: new Date().toISOString(),
    };
    this.operations.push(operation);
    this.state = 'UPDATING';
    this.begin(() => {
      this.state = 'ACTIVE';
      if (failure !== undefined) {
        operation.state = 'UPDATE_FAILED';
        operation.error = { errorCode: failure[0], errorString: failure[1] };
        return;
      }
      apply();
      this.version += 1;
      operation.state = 'UPDATE_COMPLETE';
    });
    return operation;
  }

  private begin(finish: () => void): void {
    const { pace } = this.options;
    this.work = {
      looks: 'looks' in pace ? pace.looks : 0,
      until: 'ms' in pace ? Date.now() + pace.ms : 0,
      finish,
    };
    if ('ms' in pace) setTimeout(() => this.settle(), pace.ms + 1).unref();
  }
}
