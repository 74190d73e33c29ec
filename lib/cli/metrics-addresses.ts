interface MeasuredNode {
  readonly name: string;
  readonly metricsPort?: number;
}

export interface MetricsAddress {
  readonly node: string;
  readonly url: string;
}

/** Where the metrics of nodes on this machine are read; none where they have no exporter. */
export function metricsAddresses(nodes: readonly MeasuredNode[]): MetricsAddress[] {
  return nodes.flatMap(({ name, metricsPort }) =>
    metricsPort === undefined ? [] : [{ node: name, url: `http://127.0.0.1:${metricsPort}/metrics` }],
  );
}

/** One line for all nodes, where there is anything to say. */
export function metricsLine(addresses: readonly MetricsAddress[]): string[] {
  return addresses.length === 0 ? [] : [`metrics: ${addresses.map(({ url }) => url).join(' ')}`];
}
