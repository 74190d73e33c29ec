import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../free-ports';

const VENV = process.env.KDK_SYSTEM_VENV ?? join(homedir(), '.cache/kafka-deployment-kit/system-venv');
/** Apart from the other tools: the server, and the command line of AWS in the version that Amazon Linux has. */
export const MOTO_PROGRAMS = join(VENV, 'moto/bin');
export const REGION = 'eu-west-1';

/** An emulator of AWS with the calls of EC2 that attach and detach. */
export class Moto {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<Moto> {
    const port = await freePorts(1);
    const child = spawn(join(MOTO_PROGRAMS, 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
      stdio: 'ignore',
    });
    const moto = new Moto(child, `http://127.0.0.1:${port}`);
    const end = Date.now() + 60_000;
    while (Date.now() < end && child.exitCode === null) {
      if ((await fetch(`${moto.url}/moto-api/`).catch(() => undefined))?.ok === true) return moto;
      await sleep(100);
    }
    await moto.stop();
    throw new Error('moto did not start; scripts/system-setup.sh installs it');
  }

  /** A call of the query protocol; the first text of each element that is asked for. */
  async ec2<Element extends string>(
    action: string,
    parameters: Readonly<Record<string, string>>,
    ...elements: Element[]
  ): Promise<Record<Element, string>> {
    const body = await this.query('ec2', '2016-11-15', action, parameters);
    const text = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? '';
    return Object.fromEntries(elements.map((name) => [name, text(name)])) as Record<Element, string>;
  }

  query(
    service: string,
    version: string,
    action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<string> {
    return this.call(service, {
      body: new URLSearchParams({ Action: action, Version: version, ...parameters }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  /** A call of the JSON protocol, for example `AmazonSSM.PutParameter`. */
  async json(service: string, target: string, input: object): Promise<void> {
    await this.call(service, {
      body: JSON.stringify(input),
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    });
  }

  async putObject(bucket: string, key: string, body: Buffer | string): Promise<void> {
    await this.call('s3', { method: 'PUT', path: `/${bucket}/${key}`, body });
  }

  async putBucket(bucket: string): Promise<void> {
    await this.call('s3', {
      method: 'PUT',
      path: `/${bucket}`,
      body: `<CreateBucketConfiguration><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`,
    });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  private async call(
    service: string,
    request: {
      readonly method?: string;
      readonly path?: string;
      readonly body: Buffer | string;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<string> {
    const { method = 'POST', path = '/', body, headers = {} } = request;
    const response = await fetch(`${this.url}${path}`, {
      method,
      body,
      headers: {
        ...headers,
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service} ${path}: ${response.status} ${text}`);
    return text;
  }
}
