import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { parse } from 'yaml';
import { createProgram } from '../../lib/cli/program';

const PIPELINES = ['docs/pipelines/github-actions.yml', 'docs/pipelines/gitlab-ci.yml'];
const TEXTS = [
  'README.md',
  'environments/README.md',
  ...['guide', 'concepts', 'decisions'].flatMap((folder) =>
    readdirSync(`docs/${folder}`).map((file) => join('docs', folder, file)),
  ),
];

/** Commands stand in blocks of code; in sentences they are often only part of one. */
function commandsIn(text: string, blocks: RegExp | undefined): string[] {
  const code = blocks === undefined ? [text] : [...text.matchAll(blocks)].map((match) => match[1]!);
  return code
    .join('\n')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#') && !line.includes('name:'))
    .flatMap((line) => [...line.matchAll(/(?:^\s*|npx |run: |- )kdk ((?:'[^']*'|"[^"]*"|[^'"#|&;>]|(?<!\s)#)*)/g)])
    .map((match) => match[1]!.replace(/\s2$/, '').trim())
    .filter((command) => command !== '' && !/[…]|COMMAND/.test(command));
}

function words(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) =>
    (single ?? double ?? plain!).replace(/^\$\{?\w+\}?$/, 'prod'),
  );
}

/** What the parser says against it, or undefined. */
function problemWith(command: string): string | undefined {
  let chosen = false;
  try {
    createProgram({ version: '0', chosen: () => (chosen = true) }).parse(words(command), { from: 'user' });
    return chosen ? undefined : 'nothing was called';
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
}

describe('every command that is written down', () => {
  test.each([...TEXTS, ...PIPELINES])('in %s is one that kdk takes', (file) => {
    const isPipeline = PIPELINES.includes(file);
    const commands = commandsIn(readFileSync(file, 'utf8'), isPipeline ? undefined : /```\w*\n([\s\S]*?)```/g);
    if (isPipeline || file.endsWith('command-line.md')) expect(commands.length).toBeGreaterThan(2);
    expect(commands.flatMap((command) => problemWith(command) ?? []).map(String)).toEqual([]);
  });
});

test.each(readdirSync('docs/runbooks'))('every command of the runbook %s is one that kdk takes', (page) => {
  const text = readFileSync(join('docs/runbooks', page), 'utf8');
  const commands = [...text.matchAll(/^\d\. `kdk ([^`]*)`/gm)].map(([, command]) => command!);
  expect(commands.flatMap((command) => problemWith(command) ?? []).map(String)).toEqual([]);
});

describe('the pipelines', () => {
  const scripts = {
    [PIPELINES[0]!]: (file: Record<string, unknown>) =>
      Object.values(file['jobs'] as Record<string, { steps: { run?: string }[] }>).flatMap(({ steps }) =>
        steps.flatMap(({ run }) => run ?? []),
      ),
    [PIPELINES[1]!]: (file: Record<string, unknown>) =>
      Object.values(file as Record<string, { script?: string[]; before_script?: string[] }>).flatMap((job) => [
        ...(job.before_script ?? []),
        ...(job.script ?? []),
      ]),
  };

  test.each(PIPELINES)('%s is YAML, and its scripts are scripts', (path) => {
    const file = parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const lines = scripts[path]!(file);
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) execFileSync('bash', ['-n'], { input: line.replace(/\$\{\{.*?\}\}/g, 'x') });
    expect(lines.join('\n')).toMatch(/kdk validate --strict/);
    expect(lines.join('\n')).toMatch(/kdk apply .*--plan .*--evidence/);
  });

  test('of GitHub asks for rights job by job, and queues applies', () => {
    const file = parse(readFileSync(PIPELINES[0]!, 'utf8')) as {
      permissions: object;
      jobs: Record<string, { permissions?: object; concurrency?: object; environment?: string; if?: string }>;
    };
    expect(file.permissions).toEqual({ contents: 'read' });
    expect(file.jobs['plan']).toMatchObject({ permissions: { 'pull-requests': 'write', 'id-token': 'write' } });
    expect(file.jobs['plan']!.if).toContain('head.repo.full_name == github.repository');
    expect(file.jobs['apply']).toMatchObject({
      concurrency: { 'cancel-in-progress': false },
      environment: 'kafka-${{ matrix.environment }}',
    });
    expect(file.jobs['apply']!.permissions).not.toHaveProperty('pull-requests', 'write');
  });

  test('of GitLab queues applies on a protected environment', () => {
    const file = parse(readFileSync(PIPELINES[1]!, 'utf8')) as Record<string, object>;
    expect(file['apply']).toMatchObject({
      resource_group: 'kafka-$KAFKA_ENVIRONMENT',
      environment: { name: 'kafka-$KAFKA_ENVIRONMENT' },
      interruptible: false,
    });
  });
});
