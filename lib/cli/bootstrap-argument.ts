import { Failure } from '../core/issue';

const ADDRESS = /^([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/;

/** `host:port,host:port`, as given on the command line. */
export function bootstrapArgument(text: string): readonly string[] {
  const servers = text.split(',').map((server) => server.trim());
  const bad = servers.find((server) => !(Number(ADDRESS.exec(server)?.[2]) <= 65535));
  if (bad === undefined) return servers;
  throw new Failure(
    'BOOTSTRAP-ADDRESS',
    `not the address of a broker, got ${JSON.stringify(bad)}; host:port, several with commas, are allowed.`,
    'Write for example --bootstrap b1.example:9092,b2.example:9092.',
    2,
  );
}
