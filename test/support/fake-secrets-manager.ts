import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Version {
  text?: string;
  stages: string[];
}

/** A fake of AWS Secrets Manager with one secret in it; the SDK that talks to it is the real one. */
export class FakeSecretsManager {
  readonly versions = new Map<string, Version>();
  rotates = true;
  /** Operations that were asked for, oldest first. */
  readonly calls: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeSecretsManager> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const operation = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
        fake.calls.push(operation);
        const answer = fake.answer(operation, JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
        response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(answer ?? { __type: 'ResourceNotFoundException', message: 'no such version' }));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const fake = new FakeSecretsManager(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return fake;
  }

  /** The text that everybody reads. */
  get current(): unknown {
    const { text } = this.withStage('AWSCURRENT')![1];
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** What Secrets Manager does before it calls the function: a version that has no value yet. */
  begin(versionId: string): void {
    this.versions.set(versionId, { stages: ['AWSPENDING'] });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private withStage(stage: string): [string, Version] | undefined {
    return [...this.versions].find(([, { stages }]) => stages.includes(stage));
  }

  private answer(operation: string, input: Record<string, unknown>): object | undefined {
    const id = (input.VersionId ?? input.ClientRequestToken ?? input.MoveToVersionId) as string | undefined;
    switch (operation) {
      case 'DescribeSecret':
        return {
          RotationEnabled: this.rotates,
          VersionIdsToStages: Object.fromEntries([...this.versions].map(([key, { stages }]) => [key, stages])),
        };
      case 'GetSecretValue': {
        const stage = String(input.VersionStage);
        const version = id === undefined ? this.withStage(stage)?.[1] : this.versions.get(id);
        return version?.text === undefined || !version.stages.includes(stage)
          ? undefined
          : { SecretString: version.text };
      }
      case 'GetRandomPassword':
        return { RandomPassword: 'n'.repeat(Number(input.PasswordLength)) };
      case 'PutSecretValue':
        this.versions.set(id!, { text: String(input.SecretString), stages: input.VersionStages as string[] });
        return {};
      case 'UpdateSecretVersionStage': {
        const before = this.withStage('AWSCURRENT')![1];
        before.stages = ['AWSPREVIOUS'];
        this.versions.get(id!)!.stages = ['AWSCURRENT'];
        return {};
      }
      default:
        return undefined;
    }
  }
}
