import type { Issue } from '../core/issue';
import { formatIssue } from '../core/issue';

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof STYLES;

/** The two streams of a command: what it found goes to standard output, everything about its own doing to standard error. */
export class Terminal {
  constructor(
    private readonly stdout: NodeJS.WriteStream,
    private readonly stderr: NodeJS.WriteStream,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  out(line: string): void {
    this.stdout.write(`${line}\n`);
  }

  err(line: string): void {
    this.stderr.write(`${line}\n`);
  }

  /** Raw text, for the line that is drawn again and again. */
  draw(text: string): void {
    this.stderr.write(text);
  }

  /** Whether a line on standard error can be drawn again. */
  get isLive(): boolean {
    return this.stderr.isTTY === true && this.env.TERM !== 'dumb' && this.env.CI === undefined;
  }

  get columns(): number {
    return this.stderr.columns || 80; // A terminal without a size says 0.
  }

  /** https://no-color.org */
  paint(style: Style, text: string, to: 'out' | 'err'): string {
    const stream = to === 'out' ? this.stdout : this.stderr;
    const plain = stream.isTTY !== true || (this.env.NO_COLOR ?? '') !== '' || this.env.TERM === 'dumb';
    return plain ? text : `\u001b[${STYLES[style]}m${text}\u001b[0m`;
  }

  issue(issue: Issue, to: 'out' | 'err'): string {
    const what = `${issue.level} ${issue.code}`;
    const style = issue.level === 'error' ? 'red' : 'yellow';
    return formatIssue(issue).replace(what, () => this.paint(style, what, to));
  }
}
