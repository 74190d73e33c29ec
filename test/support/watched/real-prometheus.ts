import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileArtifact } from '../../../lib/core/artifact';
import { freePorts } from '../free-ports';
import { eventually } from '../host-nodes';
import { faster, type Pace } from './faster';

export interface Alert {
  readonly signal: string;
  readonly state: 'pending' | 'firing';
  readonly labels: Readonly<Record<string, string>>;
}

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface PrometheusOptions {
  readonly folder: string;
  /** As they are rendered. */
  readonly files: readonly FileArtifact[];
  readonly pace: Pace;
  /** Where kdk exporter listens, instead of its usual port. @default nobody runs it */
  readonly exporter?: string;
  /** What is read beside, as monitors of pods have it: labels by address. */
  readonly beside: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Debian's Prometheus with the files that the kit renders, at a pace of its own. */
export class RealPrometheus {
  /** Seconds. */
  private readonly startedAt = Date.now() / 1000;

  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
    private readonly log: string,
  ) {}

  static async start({ folder, files, pace, exporter, beside }: PrometheusOptions): Promise<RealPrometheus> {
    if (spawnSync('prometheus', ['--version']).error !== undefined)
      throw new Error('Prometheus is needed, got none on the path; scripts/system-setup.sh installs it on Debian.');
    mkdirSync(folder, { recursive: true });
    for (const { path, content } of files) writeFileSync(join(folder, path), faster(content, { pace, exporter }));
    const targets = Object.entries(beside).map(([target, labels]) => ({ targets: [target], labels }));
    appendFileSync(
      join(folder, 'prometheus.yaml'),
      `  - job_name: beside\n    static_configs: ${JSON.stringify(targets)}\n`,
    );
    const port = await freePorts(1);
    const listen = `127.0.0.1:${port}`;
    const log = join(folder, 'prometheus.log');
    const child = spawn(
      'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yaml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${listen}`,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const output = createWriteStream(log);
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    const prometheus = new RealPrometheus(child, `http://${listen}`, log);
    await eventually(60, async () => {
      if (child.exitCode !== null) throw new Error(`Prometheus ended: ${prometheus.said()}`);
      const { ok } = await fetch(`${prometheus.url}/-/ready`);
      if (!ok) throw new Error(`Prometheus is not ready: ${prometheus.said()}`);
    });
    return prometheus;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
  }

  said(): string {
    return readFileSync(this.log, 'utf8').slice(-4000);
  }

  async alerts(): Promise<Alert[]> {
    const { alerts } = await this.ask<{ alerts: { state: Alert['state']; labels: Record<string, string> }[] }>(
      'alerts',
    );
    return alerts.map(({ state, labels }) => ({ signal: labels['signal']!, state, labels }));
  }

  /** Signals that fire now. */
  async firing(): Promise<ReadonlySet<string>> {
    return new Set((await this.alerts()).filter(({ state }) => state === 'firing').map(({ signal }) => signal));
  }

  async query(expression: string): Promise<Sample[]> {
    const { result } = await this.ask<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
      `query?query=${encodeURIComponent(expression)}`,
    );
    return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }

  /** Whether an expression had a value at any time since it was started. */
  async hadValue(expression: string): Promise<boolean> {
    const range = `start=${this.startedAt}&end=${Date.now() / 1000}&step=2`;
    const { result } = await this.ask<{ result: unknown[] }>(
      `query_range?query=${encodeURIComponent(expression)}&${range}`,
    );
    return result.length > 0;
  }

  /** What it could not evaluate, by alert. */
  async brokenRules(): Promise<string[]> {
    const { groups } = await this.ask<{
      groups: { rules: { name: string; health: string; lastError?: string }[] }[];
    }>('rules');
    return groups
      .flatMap(({ rules }) => rules)
      .filter(({ health }) => health === 'err')
      .map(({ name, lastError }) => `${name}: ${lastError}`);
  }

  private async ask<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}/api/v1/${path}`);
    const { status, data, error } = (await response.json()) as { status: string; data: T; error?: string };
    if (status !== 'success') throw new Error(`${path}: ${error}`);
    return data;
  }
}
