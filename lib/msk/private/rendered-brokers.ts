/** What a choice of brokers comes to. */
export interface RenderedBrokers {
  readonly brokerType: 'standard' | 'express';
  readonly instanceType: string;
  readonly count: number;
  readonly volumeGiB?: number;
  readonly autoscaling?: { readonly maxGiB: number; readonly targetPercent: number };
}
