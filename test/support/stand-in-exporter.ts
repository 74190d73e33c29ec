import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers like the JMX exporter of a node, with the metrics that it is told. */
export class StandInExporter {
  /** Number by name, or by name and labels. */
  metrics: Readonly<Record<string, string>> = {};
  /** Names that were asked for. */
  readonly asked: string[] = [];
  readonly #server: Server;

  static async listen(): Promise<StandInExporter> {
    const exporter = new StandInExporter();
    await new Promise<void>((listening) => exporter.#server.listen(0, '127.0.0.1', listening));
    return exporter;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      const names = new URL(request.url!, 'http://localhost').searchParams.getAll('name[]');
      this.asked.push(...names);
      const lines = Object.entries(this.metrics).filter(([name]) => names.includes(name.split('{')[0]!));
      response.end(lines.map(([name, value]) => `# TYPE ${name.split('{')[0]} gauge\n${name} ${value}\n`).join(''));
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await new Promise((closed) => this.#server.close(closed));
  }
}
