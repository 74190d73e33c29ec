import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../free-ports';
import { REPOSITORY } from '../kdk';
import type { FakeResources } from './fake-resources';

const VENV = process.env.KDK_SYSTEM_VENV ?? join(homedir(), '.cache/kafka-deployment-kit/system-venv');
const PATIENCE_MS = 60_000;
/** Services that speak JSON, and what their actions begin with. */
const TARGETS = { logs: 'Logs_20140328', monitoring: 'GraniteServiceVersion20100801', sqs: 'AmazonSQS' } as const;

export interface MinistackOptions {
  readonly region: string;
  readonly resources: FakeResources;
  /** For ministack and for the functions that it runs. */
  readonly env?: NodeJS.ProcessEnv;
}

/** An emulator of AWS on a free port of 127.0.0.1, with fakes of the resource types that it lacks. It runs functions as processes. */
export class Ministack {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Removed when it stops. It lies in the repository, so that functions find the AWS SDK, which the runtime of Lambda brings. */
    readonly folder: string,
    private readonly region: string,
  ) {}

  static async start({ region, resources, env = {} }: MinistackOptions): Promise<Ministack> {
    const port = await freePorts(1);
    mkdirSync(join(REPOSITORY, '.kdk'), { recursive: true });
    const folder = mkdtempSync(join(REPOSITORY, '.kdk', 'ministack-'));
    const { NODE_OPTIONS: _ofTheTests, ...inherited } = process.env;
    const child = spawn(join(VENV, 'bin/python'), [join(__dirname, 'launcher.py')], {
      cwd: folder,
      env: {
        ...inherited,
        BIND_HOST: '127.0.0.1',
        MINISTACK_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        MINISTACK_REGION: region,
        TMPDIR: folder,
        S3_DATA_DIR: join(folder, 's3'),
        NODE_PATH: join(REPOSITORY, 'node_modules'),
        KDK_RESOURCES_URL: resources.url,
        KDK_RESOURCE_TYPES: Object.keys(resources.types).join(','),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(join(folder, 'ministack.log'));
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const ministack = new Ministack(child, `http://127.0.0.1:${port}`, folder, region);
    try {
      await ministack.ready();
    } catch (error) {
      await ministack.stop();
      throw error;
    }
    return ministack;
  }

  /** What a client of AWS needs to work with it; the key is its own, since the CDK remembers accounts by keys. */
  get env(): NodeJS.ProcessEnv {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: 'ministack',
      AWS_SECRET_ACCESS_KEY: 'ministack',
      AWS_REGION: this.region,
      AWS_DEFAULT_REGION: this.region,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  get log(): string {
    return readFileSync(join(this.folder, 'ministack.log'), 'utf8');
  }

  /** Lines of the one log group whose name has this in it. */
  async linesOf(group: string): Promise<string[]> {
    const { logGroups } = await this.ask<{ logGroups: { logGroupName: string }[] }>('logs', 'DescribeLogGroups', {});
    const { logGroupName } = logGroups.find((one) => one.logGroupName.includes(group))!;
    const { events } = await this.ask<{ events: { message: string }[] }>('logs', 'FilterLogEvents', { logGroupName });
    return events.flatMap(({ message }) => message.split('\n'));
  }

  /** What a service answers that speaks JSON; a refusal is an error. */
  ask<Answer>(service: keyof typeof TARGETS, action: string, input: object): Promise<Answer> {
    return this.send(service, JSON.stringify(input), {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${TARGETS[service]}.${action}`,
    }).then((text) => JSON.parse(text === '' ? '{}' : text) as Answer);
  }

  /** What a topic is told goes to a queue, too. */
  async subscribe(topicArn: string, queueArn: string): Promise<void> {
    const query = { Action: 'Subscribe', TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await this.send('sns', new URLSearchParams(query).toString(), headers);
  }

  private async send(service: string, body: string, headers: Readonly<Record<string, string>>): Promise<string> {
    const scope = `ministack/20260101/${this.region}/${service}/aws4_request`;
    const response = await fetch(this.url, {
      method: 'POST',
      body,
      headers: { ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service}: ${text}`);
    return text;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise((done) => this.child.once('exit', done));
      this.child.kill('SIGTERM');
      const timer = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(timer);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end && this.child.exitCode === null) {
      const answer = await fetch(`${this.url}/_ministack/health`).catch(() => undefined);
      if (answer?.ok === true) return;
      await sleep(100);
    }
    throw new Error(`ministack did not start; scripts/system-setup.sh installs it:\n${this.log}`);
  }
}
