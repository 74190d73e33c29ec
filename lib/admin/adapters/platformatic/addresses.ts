import { Failure } from '../../../core/issue';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `broker-1.example:9092`, `[::1]:9092` */
export function parseAddress(server: string): Address {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(server.trim());
  if (match === null)
    throw new Failure(
      'KAFKA-BOOTSTRAP',
      `a bootstrap server cannot be read, got ${server}; it is host:port.`,
      'Give host:port, for example 127.0.0.1:9092.',
      2,
    );
  return { host: match[1] ?? match[2]!, port: Number(match[3]) };
}
