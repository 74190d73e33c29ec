import type { Duration } from 'cdk8s';

/** How nodes of the same role are put on machines, or in zones. */
export enum NodeSpread {
  /** As evenly as machines or zones allow; a pod waits for a place where it is even. */
  SPREAD = 'spread',
  /** As evenly as suits everything else; a pod never waits. */
  PREFERRED = 'preferred',
  /** Never two on one machine; for hosts only. */
  ONE_EACH = 'one-each',
}

/** What a taint of a machine does. */
export enum TaintEffect {
  /** Pods are not put there. */
  NO_SCHEDULE = 'NoSchedule',
  /** Pods are put there where nothing else is free. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** Pods that are there have to go. */
  NO_EXECUTE = 'NoExecute',
}

/** A taint of machines that pods do not mind. */
export interface PodToleration {
  /**
   * Key of the taint.
   *
   * @default - every taint
   */
  readonly key?: string;
  /**
   * Value of the taint.
   *
   * @default - any
   */
  readonly value?: string;
  /**
   * Effect of the taint.
   *
   * @default - any
   */
  readonly effect?: TaintEffect;
}

/** Where the pods of a node pool run and what they get. */
export interface NodePods {
  /**
   * CPU that is kept free for each pod: cores, or thousandths with m.
   *
   * @default - a core for each 8 GiB of memory, 100m at least
   */
  readonly cpuRequest?: string;
  /**
   * CPU that a pod never gets more of: cores, or thousandths with m.
   *
   * @default - none
   */
  readonly cpuLimit?: string;
  /**
   * PriorityClass, so that other pods make room.
   *
   * @default - none
   */
  readonly priorityClass?: string;
  /**
   * Labels of the machines that the pods run on.
   *
   * @default - any machine
   */
  readonly nodeSelector?: { readonly [label: string]: string };
  /**
   * Taints of machines that the pods do not mind.
   *
   * @default - none
   */
  readonly tolerations?: PodToleration[];
  /**
   * How long a machine may be unreachable before its pods are told to end.
   *
   * @default - 5 minutes, which is that of Kubernetes
   */
  readonly evictAfter?: Duration;
  /**
   * How nodes of the same role are put on machines.
   *
   * @default NodeSpread.SPREAD
   */
  readonly hosts?: NodeSpread;
  /**
   * How they are put in zones, where pods bring the rack.
   *
   * @default NodeSpread.SPREAD
   */
  readonly zones?: NodeSpread;
  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };
  /**
   * Labels of the pods, beside those of the kit.
   *
   * @default - none
   */
  readonly labels?: { readonly [key: string]: string };
  /**
   * How long a pod has been ready before a rollout goes on.
   *
   * @default - 35 seconds, longer than names are cached; 2 minutes without metrics
   */
  readonly readyFor?: Duration;
}
