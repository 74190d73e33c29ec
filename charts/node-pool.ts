import type { Duration, Size } from 'cdk8s';
import type { NodePods } from './node-pods';

/** What the nodes of any pool have. */
export interface NodePoolProps {
  /** Number of nodes. */
  readonly replicas: number;
  /** Sizes of the volumes of each node; several make a JBOD. */
  readonly volumes: Size[];
  /**
   * Memory of each node, request and limit; the Java heap is half of it, the rest is page cache.
   *
   * @default - 8 GiB for nodes with the broker role, 2 GiB for controllers
   */
  readonly memory?: Size;
  /**
   * `node.id` of the first node; never changes.
   *
   * @default - 0 for the first pool, 100 for the second, and so on, controllers first
   */
  readonly firstNodeId?: number;
  /**
   * Broker options for the nodes of this pool only, by their Kafka names.
   *
   * @default - none
   */
  readonly config?: { readonly [option: string]: string };
  /**
   * Where the pods run and what they get.
   *
   * @default - anywhere, spread over machines, without a claim to CPU
   */
  readonly pods?: NodePods;
}

/** Nodes that share roles, size and storage. */
export class NodePool {
  /** Nodes that keep the metadata of the cluster: 1, 3 or 5. The pool is called `controllers`. */
  public static controllers(props: NodePoolProps): NodePool {
    return new NodePool('controllers', ['controller'], props);
  }

  /** Nodes that keep records. */
  public static brokers(name: string, props: NodePoolProps): NodePool {
    return new NodePool(name, ['broker'], props);
  }

  /** Nodes that are both, for small clusters that may stand still while one restarts. */
  public static combined(name: string, props: NodePoolProps): NodePool {
    return new NodePool(name, ['broker', 'controller'], props);
  }

  private constructor(
    /** Name of the pool, a part of the names of its pods. */
    public readonly poolName: string,
    private readonly roles: string[],
    private readonly props: NodePoolProps,
  ) {}

  /** @internal */
  public _spec(): Record<string, unknown> {
    const { replicas, volumes, memory, firstNodeId, config } = this.props;
    return {
      roles: this.roles,
      replicas,
      volumes: volumes.map((size) => ({ size: mebibytes(size) })),
      ...(memory === undefined ? {} : { memory: mebibytes(memory) }),
      ...(firstNodeId === undefined ? {} : { nodeIds: { start: firstNodeId } }),
      ...(config === undefined ? {} : { config }),
    };
  }

  /** What the environment says of its pods. @internal */
  public _pods(): Record<string, unknown> | undefined {
    if (this.props.pods === undefined) return undefined;
    const { cpuRequest, cpuLimit, evictAfter, readyFor, ...others } = this.props.pods;
    const cpu = defined({ request: cpuRequest, limit: cpuLimit });
    return defined({
      ...others,
      cpu: Object.keys(cpu).length === 0 ? undefined : cpu,
      evictAfter: seconds(evictAfter),
      readyFor: seconds(readyFor),
    });
  }
}

function defined(entries: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

function seconds(duration: Duration | undefined): string | undefined {
  return duration === undefined ? undefined : `${duration.toSeconds()}s`;
}

function mebibytes(size: Size): string {
  return `${size.toMebibytes()}MiB`;
}
