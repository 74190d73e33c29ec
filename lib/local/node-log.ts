import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** What a node logs first when it starts, and what it logs when it serves. The log goes on over several starts. */
const BEGINS = 'Registered signal handlers for';
const SERVES = 'Kafka Server started';
const CHUNK = 256 * 1024;

/** Whether the last start that a node's server.log tells of has come to its end. Reads only what was written since the last look. */
export class StartLog {
  private offset = 0;
  private rest = '';
  private serves = false;

  constructor(private readonly path: string) {}

  saysServing(): boolean {
    let file: number;
    try {
      file = openSync(this.path, 'r');
    } catch {
      return false; // Not written yet.
    }
    try {
      const buffer = Buffer.alloc(CHUNK);
      for (;;) {
        const length = readSync(file, buffer, 0, CHUNK, this.offset);
        if (length === 0) return this.serves;
        this.offset += length;
        const text = this.rest + buffer.toString('latin1', 0, length);
        const [begins, serves] = [text.lastIndexOf(BEGINS), text.lastIndexOf(SERVES)];
        if (begins >= 0 || serves >= 0) this.serves = serves > begins;
        this.rest = text.slice(-BEGINS.length);
      }
    } finally {
      closeSync(file);
    }
  }
}

/** A line of log4j2 as the kit lays it out: `[2026-11-23 20:39:56,883] ERROR [main] text (class)`. */
const LOGGED = /^\[[^\]]+\] (\w+) \[[^\]]*\] (.*?)(?: \([\w.$]+\))?$/;

/**
 * The last few things that went wrong in a log, one a line: errors with the exception behind them, without the stack. Where nothing was
 * logged as an error, the last lines: what the Java runtime itself has to say.
 */
export function lastErrors(path: string, limit = 5): string[] {
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
  const errors: string[] = [];
  let inError = false;
  for (const line of lines) {
    const [, level, text] = LOGGED.exec(line) ?? [];
    if (level !== undefined) {
      inError = level === 'ERROR' || level === 'FATAL';
      if (inError) errors.push(text!);
    } else if (inError && /^(Caused by: )?[\w.$]+(Exception|Error)\b/.test(line)) {
      errors.push(line);
    }
  }
  const said = errors.length > 0 ? errors : lines.filter((line) => line.trim() !== '' && !/^\s+at |^\[/.test(line));
  // An exception is often said at each level that it passes.
  return [...new Set(said.map((line) => line.trim().slice(0, 300)))].slice(-limit);
}
