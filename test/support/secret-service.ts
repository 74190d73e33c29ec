import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A fake of AWS Secrets Manager with many secrets, each with its newest version alone; the SDK that talks to it is the real one. */
export class SecretService {
  readonly secrets = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<SecretService> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const operation = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
        const input = JSON.parse(Buffer.concat(chunks).toString()) as { SecretId: string; SecretString?: string };
        const answer = service.answer(operation, input);
        response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(answer ?? { __type: 'ResourceNotFoundException', message: 'no such secret' }));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const service = new SecretService(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return service;
  }

  put(id: string, document: Readonly<Record<string, string>>): void {
    this.secrets.set(id, JSON.stringify(document));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(
    operation: string,
    { SecretId: id, SecretString: text }: { SecretId: string; SecretString?: string },
  ): object | undefined {
    if (operation === 'PutSecretValue') {
      this.secrets.set(id, text!);
      return {};
    }
    const value = this.secrets.get(id);
    return value === undefined ? undefined : { SecretString: value };
  }
}
