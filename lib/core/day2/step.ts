/** Something that `kdk` does inside the cluster. */
export interface Work {
  /** Part of names: `evacuate`. */
  readonly name: string;
  /** Of `kdk`, but for how the cluster is reached. */
  readonly command: readonly string[];
}

/** One thing that is done before the next begins. */
export interface Step {
  readonly title: string;
  /** Sentences: why, what to look at, how to go back. */
  readonly text: string;
  /** Lines of a shell; a `Work` stands for the lines that run it and wait. */
  readonly commands: readonly (string | Work)[];
}

/** A step as a section of a runbook. */
export function section(title: string, { text, commands }: Step, work: (what: Work) => readonly string[]): string {
  const lines = commands.flatMap((command) => (typeof command === 'string' ? [command] : work(command)));
  return `## ${title}\n\n${text}\n${lines.length === 0 ? '' : `\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`}`;
}
