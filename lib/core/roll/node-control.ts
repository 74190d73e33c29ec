import type { RollNode } from './cluster-health';

/** Who starts and stops the nodes of a cluster: systemd over SSH, or processes on this machine. */
export interface NodeControl {
  /** Fails, naming the host, where it cannot be reached or something there is not as a roll needs it. */
  look(node: RollNode): Promise<NodeState>;
  /**
   * Stops the node in order and starts it with the files that lie there now; returns when it has been started, long before it serves. Fails
   * where it does not start. Never killed half-way: an order that was given is carried out.
   */
  restart(node: RollNode): Promise<void>;
}

export interface NodeState {
  /** Whether its service runs; it may still not serve. */
  readonly running: boolean;
  /** Why it has to be restarted, as a phrase: `server.properties differs`; absent: it runs with what lies there. */
  readonly due?: string;
  /** Options that differ from what it was started with and need no restart: `kdk apply` changes them while it runs. */
  readonly atRunTime?: readonly string[];
  /** Of one that does not run: what it said last. */
  readonly lastWords?: readonly string[];
  /** Where all that it said is, for whoever looks into it. */
  readonly log?: string;
}
