import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeResource {
  readonly type: string;
  readonly physicalId: string;
  readonly logicalId: string;
  properties: Readonly<Record<string, unknown>>;
  attributes: Readonly<Record<string, unknown>>;
}

export interface ResourceQuestion {
  readonly action: 'create' | 'update' | 'delete';
  readonly type: string;
  readonly account: string;
  readonly region: string;
  readonly stack?: string;
  readonly logicalId?: string;
  readonly physicalId?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly oldProperties?: Readonly<Record<string, unknown>>;
}

/** What a type does when it is made or changed: the name and attributes of the resource; an error is a refusal of the service. */
export type FakeType = (question: ResourceQuestion) => Promise<{
  readonly physicalId: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}>;

/** Fakes of the resource types that ministack lacks: they remember what they were told, and say yes to what their type does not refuse. */
export class FakeResources {
  /** What there is, by its physical id. */
  readonly resources = new Map<string, FakeResource>();
  /** What CloudFormation asked for, oldest first, for example `create AWS::MSK::Topic Orders`. */
  readonly asked: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
    readonly types: Readonly<Record<string, FakeType>>,
  ) {}

  static async start(types: Readonly<Record<string, FakeType>>): Promise<FakeResources> {
    const server = createServer((request, response) => void fake.answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const fake = new FakeResources(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, types);
    return fake;
  }

  ofType(type: string): FakeResource[] {
    return [...this.resources.values()].filter((resource) => resource.type === type);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    try {
      const question = JSON.parse(Buffer.concat(chunks).toString()) as ResourceQuestion;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(await this.handle(question)));
    } catch (error) {
      response.statusCode = 400;
      response.end(error instanceof Error ? error.message : String(error));
    }
  }

  private async handle(question: ResourceQuestion): Promise<Pick<FakeResource, 'physicalId' | 'attributes'>> {
    const { action, type, properties } = question;
    const before = question.physicalId === undefined ? undefined : this.resources.get(question.physicalId);
    const logicalId = question.logicalId ?? before?.logicalId ?? question.physicalId ?? '';
    this.asked.push(`${action} ${type} ${logicalId}`);
    if (action === 'delete') {
      this.resources.delete(question.physicalId!);
      return { physicalId: question.physicalId!, attributes: {} };
    }
    const { physicalId, attributes = {} } = await this.types[type]!(question);
    this.resources.set(physicalId, { type, physicalId, logicalId, properties, attributes });
    return { physicalId, attributes };
  }
}
