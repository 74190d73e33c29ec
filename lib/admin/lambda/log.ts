import type { ProgressEvent } from '../../core/issue';

/** A line of the log of the function. */
export function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Progress as few lines: one when a step begins, and one when it is over. */
export function progressLog(): (event: ProgressEvent) => void {
  let step = '';
  return (event) => {
    if (event.step === step && event.done !== event.total) return;
    step = event.step;
    log(event.done === undefined ? event.step : `${event.step} ${event.done}/${event.total ?? '?'}`);
  };
}
