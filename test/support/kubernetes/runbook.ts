import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './progress';

/** What `kdk render --day2` wrote, followed to the letter: the commands between the words, step by step, in bash. */
export class Runbook {
  constructor(
    private readonly folder: string,
    private readonly manifests: string,
  ) {}

  /** The titles of the steps, and the commands of each. */
  get steps(): readonly { readonly title: string; readonly commands: string }[] {
    const text = readFileSync(join(this.folder, 'runbook.md'), 'utf8').split('# What is due one day')[0]!;
    return text
      .split(/^## /m)
      .slice(1)
      .map((section) => ({
        title: section.slice(0, section.indexOf('\n')),
        commands: [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block).join(''),
      }));
  }

  /** Follows all steps; gives what they said, by title. */
  async follow(): Promise<Record<string, string>> {
    const said: Record<string, string> = {};
    for (const { title, commands } of this.steps) {
      say(`runbook: ${title}`);
      said[title] = await this.run(commands);
    }
    return said;
  }

  /** Runs one command in the folder of the runbook, and fails where it fails. */
  run(commands: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
    return new Promise((done, fail) => {
      const child = spawn('bash', ['-ec', commands], {
        cwd: this.folder,
        env: { ...process.env, MANIFESTS: this.manifests, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (said += text));
      child.on('error', fail);
      child.on('close', (status) =>
        status === 0 ? done(said) : fail(new Error(`the step ended with ${status}\n${commands}\n${said}`)),
      );
    });
  }
}
