import { setTimeout as sleep } from 'node:timers/promises';
import type { RealPrometheus } from './real-prometheus';

export interface Breakage {
  /** Signals that have to fire. */
  readonly fires: readonly string[];
  /** Others that may, for they are true as well, but not for long enough each time. */
  readonly mayFire?: readonly string[];
  readonly breaking: () => Promise<void> | void;
  readonly repair: () => Promise<void> | void;
  /** Goes on all the time while it is broken, for example clients. */
  readonly meanwhile?: () => Promise<void>;
  /** Goes on all the time after the repair, until nothing fires. */
  readonly afterwards?: () => Promise<void>;
}

/** What says how busy the machine is that everything here runs on; it is not what is tried. */
const OF_THE_MACHINE = new Set([
  'produce-slow',
  'request-handlers-busy',
  'network-threads-busy',
  'garbage-collection',
  'heap-full',
]);
const PATIENCE_MS = 300_000;
const LOOK_EVERY_MS = 500;

/** Breaks something, waits for what fires, repairs it, and waits until all is silent again; tells how long each took. */
export class Drill {
  constructor(
    private readonly prometheus: RealPrometheus,
    /** Signals that are looked at. */
    private readonly of: (signal: string) => boolean = (signal) => !OF_THE_MACHINE.has(signal),
  ) {}

  /** Nothing fires and nothing is about to, for so long. */
  async silent(seconds: number): Promise<void> {
    let since = Date.now();
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const alerts = (await this.prometheus.alerts()).filter(({ signal }) => this.of(signal));
      if (alerts.length > 0) since = Date.now();
      if (Date.now() - since >= seconds * 1000) return;
      if (Date.now() > deadline) throw new Error(`not silent: ${JSON.stringify(alerts)}`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  async breaks(what: string, breakage: Breakage): Promise<void> {
    const { fires, mayFire = [], breaking, repair, meanwhile, afterwards } = breakage;
    await this.silent(2);
    const broken = Date.now();
    const fired = new Map<string, number>();
    const allowed = new Set([...fires, ...mayFire]);
    try {
      await breaking();
      while (fires.some((signal) => !fired.has(signal))) {
        await meanwhile?.();
        for (const signal of await this.firing()) if (!fired.has(signal)) fired.set(signal, Date.now() - broken);
        if (Date.now() - broken > PATIENCE_MS)
          throw new Error(`${what}: these do not fire: ${fires.filter((signal) => !fired.has(signal)).join(', ')}`);
        await sleep(LOOK_EVERY_MS);
      }
      const unexpected = [...fired.keys()].filter((signal) => !allowed.has(signal));
      if (unexpected.length > 0) throw new Error(`${what}: these fire too: ${unexpected.join(', ')}`);
    } finally {
      await repair();
    }
    const repaired = Date.now();
    const resolved = new Map<string, number>();
    while (resolved.size < fired.size) {
      await afterwards?.();
      const firing = await this.firing();
      for (const signal of firing) {
        resolved.delete(signal);
        if (fired.has(signal)) continue;
        if (!allowed.has(signal)) throw new Error(`${what}, repaired: ${signal} fires`);
        fired.set(signal, Date.now() - broken);
      }
      for (const signal of fired.keys())
        if (!firing.has(signal) && !resolved.has(signal)) resolved.set(signal, Date.now() - repaired);
      if (Date.now() - repaired > PATIENCE_MS)
        throw new Error(`${what}, repaired: these still fire: ${[...firing].join(', ')}`);
      await sleep(LOOK_EVERY_MS);
    }
    tell(`${what}:`);
    for (const [signal, ms] of fired)
      tell(`  ${signal} fired after ${seconds(ms)} s, was gone ${seconds(resolved.get(signal)!)} s after the repair`);
  }

  private async firing(): Promise<ReadonlySet<string>> {
    return new Set([...(await this.prometheus.firing())].filter(this.of));
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(0);
const tell = (line: string): void => void process.stderr.write(`    ${line}\n`);
