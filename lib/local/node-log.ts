import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { writeWhole } from './node-files';

export type NodeStage = 'starting' | 'serving' | 'ending';

/** What a node logs first when it starts, when it serves, and when it is told to end. The log goes on over several starts. */
const MARKS: readonly (readonly [mark: string, stage: NodeStage])[] = [
  ['Registered signal handlers for', 'starting'],
  ['Kafka Server started', 'serving'],
  ['Terminating process due to signal', 'ending'],
];
/** As much as must be kept of what was read, for a mark that comes in two parts. */
const LONGEST = Math.max(...MARKS.map(([mark]) => mark.length)) - 1;
const CHUNK = 256 * 1024;

/** Notes how long server.log is before a node is started, so that what it said the last time does not count. */
export function beginLog(path: string): void {
  writeWhole(beginPath(path), `${statSync(path, { throwIfNoEntry: false })?.size ?? 0}\n`);
}

function beginPath(path: string): string {
  return `${path}.begin`;
}

/**
 * How far a node is, by the last that its server.log tells of that since it was started; undefined where it tells nothing: it has just
 * been started, or it runs for so long that the file was rolled. Reads only what was written since the last look.
 */
export class StageLog {
  private offset: number;
  private rest = '';
  private last: NodeStage | undefined;

  constructor(private readonly path: string) {
    const begin = readBegin(path);
    this.offset = begin > (statSync(path, { throwIfNoEntry: false })?.size ?? 0) ? 0 : begin;
  }

  stage(): NodeStage | undefined {
    let file: number;
    try {
      file = openSync(this.path, 'r');
    } catch {
      return this.last; // Not written yet.
    }
    try {
      const buffer = Buffer.alloc(CHUNK);
      for (;;) {
        const length = readSync(file, buffer, 0, CHUNK, this.offset);
        if (length === 0) return this.last;
        this.offset += length;
        const text = this.rest + buffer.toString('latin1', 0, length);
        const at = MARKS.map(([mark]) => text.lastIndexOf(mark));
        const latest = Math.max(...at);
        if (latest >= 0) this.last = MARKS[at.indexOf(latest)]![1];
        this.rest = text.slice(-LONGEST);
      }
    } finally {
      closeSync(file);
    }
  }
}

function readBegin(path: string): number {
  try {
    return Number(readFileSync(beginPath(path), 'utf8'));
  } catch {
    return 0; // Started by hand.
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
