import { createServer, type Server } from 'node:http';
import { Exporter, metricsText, type ExporterOptions, type TlsDoor } from '../../admin/exporter';
import { SYSTEM_CLOCK, type Clock } from '../../admin/wait';
import { Failure } from '../../core/issue';
import type { EnvironmentModel } from '../../core/model';
import { EXPORTER_PORT } from '../../core/signals';
import { counted } from '../amounts';
import { withTidyClient } from '../cluster';
import type { ClusterOptions } from '../cluster-options';
import { openAnyCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';

export interface ExporterCommandOptions extends ClusterOptions {
  /** `host:port` */
  readonly listen?: string;
}

const LISTEN = `127.0.0.1:${EXPORTER_PORT}`;
const EVERY_MS = 15_000;

/** `kdk exporter [ENV]`: metrics that Kafka has not: lags, disks, certificates. Runs until it is interrupted. */
export async function runExporter(
  argument: string | undefined,
  options: ExporterCommandOptions,
  context: Context,
): Promise<Outcome> {
  const listen = listenOption(options.listen ?? LISTEN);
  const { model, name, issues, address } = await openAnyCluster(argument, options, context);
  return withTidyClient(address, context, async (admin) => {
    const exporter = new Exporter({ admin, ...(model === undefined ? {} : declared(model)) });
    const listening = (): void =>
      context.tell([`metrics of ${name ?? 'the cluster'} at http://${listen.host}:${listen.port}/metrics`]);
    const looks = await keepServing(exporter, { ...context, listen, listening });
    return {
      ...(name === undefined ? {} : { environment: name }),
      issues,
      result: { looks },
      lines: [`stopped after ${counted(looks, 'look')}`],
    };
  });
}

export interface ServeOptions extends Pick<Context, 'progress' | 'signal'> {
  readonly listen: Listen;
  /** Called once what was seen can be read. */
  readonly listening: () => void;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** Looks and serves what was seen until it is told to stop; gives how often it looked. */
export async function keepServing(exporter: Exporter, options: ServeOptions): Promise<number> {
  const { listen, listening, progress, signal, clock = SYSTEM_CLOCK } = options;
  const server = await serve(exporter, listen);
  listening();
  try {
    let looks = 0;
    while (!signal.aborted) {
      await exporter.look();
      looks += 1;
      progress({ step: 'looking at the cluster', detail: exporter.problem ?? counted(looks, 'look') });
      await clock.sleep(EVERY_MS, signal);
    }
    return looks;
  } finally {
    await new Promise((closed) => server.close(closed));
  }
}

/** What an environment knows of its nodes, beyond what they say themselves. */
export function declared(model: EnvironmentModel): Pick<ExporterOptions, 'names' | 'doors'> {
  return { names: new Map(model.nodes.map((node) => [node.id, node.name])), doors: doorsOf(model) };
}

/** Every TLS listener of every node, for clients and for other nodes. */
function doorsOf({ nodes, listeners, internalListeners }: EnvironmentModel): TlsDoor[] {
  const between = internalListeners === undefined ? [] : [internalListeners.replication, internalListeners.controller];
  const tls = [...listeners, ...between].filter(({ protocol }) => protocol.endsWith('SSL'));
  return nodes.flatMap(({ name: node, host, ports }) =>
    tls.flatMap(({ name: listener, kafkaName }) => {
      const port = ports[kafkaName];
      return port === undefined ? [] : [{ node, listener, host, port }];
    }),
  );
}

function serve(exporter: Exporter, { host, port }: Listen): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://exporter').pathname;
    if (request.method !== 'GET' || path !== '/metrics') {
      response.writeHead(path === '/metrics' ? 405 : 404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(metricsText(exporter.metrics));
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new Failure(
          'LISTEN',
          `${host}:${port} cannot be listened on, got ${error.code ?? error.message}; an address of this machine with a free port is needed.`,
          'Name another with --listen.',
        ),
      ),
    );
    server.listen(port, host, () => resolve(server));
  });
}

interface Listen {
  readonly host: string;
  readonly port: number;
}

function listenOption(text: string): Listen {
  const [, host, port] = /^(\[[0-9a-fA-F:]+\]|[\w.-]+):(\d{1,5})$/.exec(text) ?? [];
  if (host !== undefined && Number(port) <= 65_535) return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  throw new Failure(
    'USAGE',
    `not an address to listen on, got --listen ${JSON.stringify(text)}; host:port is allowed.`,
    `Write for example --listen ${LISTEN}.`,
    2,
  );
}
