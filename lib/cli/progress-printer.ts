import type { Progress, ProgressEvent } from '../core/issue';
import type { Terminal } from './terminal';

const FRAMES = ['|', '/', '-', '\\'];
const BAR_WIDTH = 24;
const PLAIN_INTERVAL_MS = 5_000;
const LIVE_INTERVAL_MS = 120;

/** Shows what a long operation tells of itself: one line drawn again and again on a terminal, a line now and then elsewhere. */
export class ProgressPrinter {
  private current: ProgressEvent | undefined;
  private startedMs = 0;
  private printedMs = 0;
  private frame = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly terminal: Terminal) {}

  readonly report: Progress = (event) => {
    const isNew = event.step !== this.current?.step;
    if (isNew) {
      this.finishStep();
      this.startedMs = Date.now();
    }
    const changed = isNew || describe(event) !== describe(this.current!);
    this.current = event;
    if (this.terminal.isLive) {
      this.redraw();
      this.timer ??= setInterval(() => this.redraw(), LIVE_INTERVAL_MS).unref();
    } else if (isNew || (changed && Date.now() - this.printedMs >= PLAIN_INTERVAL_MS)) {
      this.terminal.err(describe(event));
      this.printedMs = Date.now();
    }
  };

  /** Ends the live line, so that other text can follow. */
  end(): void {
    this.finishStep();
    this.current = undefined;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private finishStep(): void {
    if (this.current === undefined) return;
    const seconds = (Date.now() - this.startedMs) / 1000;
    const took = seconds < 1 ? '' : this.terminal.paint('dim', ` (${seconds.toFixed(1)} s)`, 'err');
    if (this.terminal.isLive) this.terminal.draw(`\r\u001b[K  ${describe(this.current)}${took}\n`);
  }

  private redraw(): void {
    const event = this.current!;
    this.frame = (this.frame + 1) % FRAMES.length;
    const seconds = Math.floor((Date.now() - this.startedMs) / 1000);
    const bar = barOf(event);
    const text = `${FRAMES[this.frame]} ${describe(event)}${bar === '' ? '' : ` ${bar}`}${seconds < 2 ? '' : ` ${seconds} s`}`;
    this.terminal.draw(`\r\u001b[K${text.slice(0, this.terminal.columns - 1)}`);
  }
}

function describe({ step, done, total, detail }: ProgressEvent): string {
  const count = done === undefined ? '' : total === undefined ? ` ${done}` : ` ${done}/${total}`;
  return `${step}${count}${detail === undefined ? '' : `: ${detail}`}`;
}

function barOf({ done, total }: ProgressEvent): string {
  if (done === undefined || total === undefined || total <= 0) return '';
  const filled = Math.round((Math.min(done, total) / total) * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
}
