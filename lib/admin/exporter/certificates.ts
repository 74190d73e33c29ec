import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { inParallel } from '../parallel';
import type { Metric, Sample } from './metric';

/** A door of a node that shows a certificate. */
export interface TlsDoor {
  readonly node: string;
  readonly listener: string;
  readonly host: string;
  readonly port: number;
}

const TIMEOUT_MS = 5_000;
const AT_A_TIME = 16;

/** When the certificates that nodes show come to their end; a node that does not answer is left out. */
export async function certificateMetrics(doors: readonly TlsDoor[]): Promise<Metric[]> {
  const samples: Sample[] = [];
  await inParallel(
    doors,
    async (door) => {
      const endsMs = await endOf(door);
      if (endsMs === undefined) return;
      samples.push({ labels: { node: door.node, listener: door.listener }, value: Math.floor(endsMs / 1000) });
    },
    AT_A_TIME,
  );
  return [
    {
      name: 'kafka_certificate_end_time_seconds',
      help: 'When the certificate that a node shows on a listener ends, seconds since 1970.',
      samples: samples.sort((a, b) => (JSON.stringify(a.labels) < JSON.stringify(b.labels) ? -1 : 1)),
    },
  ];
}

/** Nothing is sent: whether it is trusted is for those to say who do. */
function endOf({ host, port }: TlsDoor): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect({
      ...{ host, port, rejectUnauthorized: false, timeout: TIMEOUT_MS },
      // An address is no name for it.
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    const end = (value: number | undefined): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('secureConnect', () => end(Date.parse(socket.getPeerCertificate().valid_to)));
    socket.once('timeout', () => end(undefined));
    socket.once('error', () => end(undefined));
  });
}
