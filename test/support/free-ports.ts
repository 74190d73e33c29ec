import { createServer } from 'node:net';

/** Below those that the system gives to outgoing connections, and above those of well-known services. */
const FIRST = 20_000;
const SHARES = 10;
const SHARE = 1000;

/**
 * The first of so many free ports of 127.0.0.1 in a row. Each worker of jest has its own share: what one found free is not bound yet while
 * another looks.
 */
export async function freePorts(count: number): Promise<number> {
  const share = FIRST + (Number(process.env.JEST_WORKER_ID ?? 1) % SHARES) * SHARE;
  for (let tries = 0; tries < 200; tries++) {
    const first = share + Math.floor(Math.random() * (SHARE - count));
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`no ${count} free ports in a row`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => done(true)));
  });
}
