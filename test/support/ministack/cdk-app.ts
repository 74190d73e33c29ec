import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '../kdk';
import type { Ministack } from './ministack';

export interface CdkAppOptions {
  readonly aws: Ministack;
  readonly region: string;
  /** Its own, for what the CDK writes. */
  readonly folder: string;
  readonly environmentFile: string;
  /** Name of the stack: that of the environment. */
  readonly stack: string;
  /** For the CDK, beside what ministack needs. @default nothing */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Ran {
  readonly status: number | null;
  readonly output: string;
}

/** The CDK CLI as a user runs it, on the app of the repository, with ministack for AWS. */
export class CdkApp {
  readonly cloudFormation: CloudFormationClient;

  constructor(private readonly options: CdkAppOptions) {
    const { aws, region } = options;
    const credentials = { accessKeyId: 'ministack', secretAccessKey: 'ministack' };
    this.cloudFormation = new CloudFormationClient({ region, endpoint: aws.url, credentials });
  }

  async run(...args: readonly string[]): Promise<Ran> {
    const { aws, folder, environmentFile, env } = this.options;
    const started = performance.now();
    const command = [require.resolve('aws-cdk/bin/cdk'), ...args, '-c', `environment=${environmentFile}`];
    const child = spawn(process.execPath, [...command, '--output', join(folder, 'cdk.out'), '--no-color', '--ci'], {
      cwd: REPOSITORY,
      env: {
        ...process.env,
        ...aws.env,
        NODE_OPTIONS: '',
        HOME: folder,
        CDK_VALIDATION: 'false',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const status = await new Promise<number | null>((done) => child.once('close', done));
    process.stderr.write(`  cdk ${args.join(' ')}: ${Math.round((performance.now() - started) / 100) / 10} s\n`);
    return { status, output };
  }

  /** What it printed; a run that failed shows it, and what ministack said. */
  async done(...args: readonly string[]): Promise<string> {
    const { status, output } = await this.run(...args);
    if (status !== 0) throw new Error(`the CDK ended with ${status}:\n${output}\n${this.options.aws.log.slice(-4000)}`);
    return output;
  }

  /** A role of a principal, which is somebody else's, and there before. */
  async makeRole(name: string): Promise<void> {
    const AssumeRolePolicyDocument = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    };
    const Role = { Type: 'AWS::IAM::Role', Properties: { RoleName: name, AssumeRolePolicyDocument } };
    const TemplateBody = JSON.stringify({ Resources: { Role } });
    await this.cloudFormation.send(new CreateStackCommand({ StackName: 'clients', TemplateBody }));
  }

  deploy(): Promise<string> {
    return this.done('deploy', '--require-approval', 'never');
  }

  /** What a deploy would do to which type, as the CDK says it. */
  async differences(): Promise<string[]> {
    const { output } = await this.run('diff');
    return [...output.matchAll(/^\[([+~-])\] (\w+::\S+)/gm)].map(([, sign, type]) => `${sign} ${type}`).sort();
  }

  async outputs(): Promise<Record<string, string>> {
    const StackName = this.options.stack;
    const { Stacks } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return Object.fromEntries(
      (Stacks![0]!.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    );
  }

  async unprotect(): Promise<void> {
    await this.cloudFormation.send(
      new UpdateTerminationProtectionCommand({ StackName: this.options.stack, EnableTerminationProtection: false }),
    );
  }
}
