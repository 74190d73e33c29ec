import type { Terminal } from './terminal';

const EXIT_STATUS = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof EXIT_STATUS;

/** Ctrl-C: the first one asks the command to stop and tidy up, the second one leaves at once. */
export class Interrupt {
  private readonly controller = new AbortController();
  private received: Signal | undefined;
  private readonly handlers: readonly (readonly [Signal, () => void])[];

  constructor(terminal: Terminal) {
    const handle = (signal: Signal) => (): void => {
      if (this.received !== undefined) process.exit(EXIT_STATUS[signal]);
      this.received = signal;
      terminal.err('\nstopping; press Ctrl-C again to leave at once');
      this.controller.abort();
    };
    this.handlers = (['SIGINT', 'SIGTERM'] as const).map((signal) => [signal, handle(signal)] as const);
    for (const [signal, handler] of this.handlers) process.on(signal, handler);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** The exit status of an interrupted command, as shells know it; undefined where nobody interrupted. */
  get status(): number | undefined {
    return this.received === undefined ? undefined : EXIT_STATUS[this.received];
  }

  release(): void {
    for (const [signal, handler] of this.handlers) process.off(signal, handler);
  }
}
