import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectRestOptions } from '../../port';
import { busy, notConnect, refused, unauthenticated, unreachable } from './failures';
import { hideSecrets } from './hidden';
import { NoAnswer, WorkerHttp, type Answer, type Question } from './http';
import { workerUrls } from './urls';

export interface Request extends Question {
  /** What it is for, after `Connect refused to`. */
  readonly what: string;
  /** Statuses that are an answer, beside those of success. @default none */
  readonly accept?: readonly number[];
}

const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 5000;

/** Asks whichever worker answers, again while the workers rebalance. */
export class Requests {
  readonly patienceMs: number;
  readonly #urls: readonly string[];
  readonly #http: WorkerHttp;
  readonly #withLogin: boolean;
  readonly #closed = new AbortController();
  /** The worker that answered last. */
  #current = 0;
  #answered = false;
  /** Whether what answers there was seen to be Connect. */
  #proved = false;

  constructor({ urls, patienceMs = 120_000, ...options }: ConnectRestOptions) {
    this.#urls = workerUrls(urls);
    this.#http = new WorkerHttp(options);
    this.#withLogin = options.basicAuth !== undefined;
    this.patienceMs = patienceMs;
  }

  get urls(): readonly string[] {
    return this.#urls;
  }

  /** Repeats what comes to the same when it is done twice, which is all that the kit asks for. */
  async ask(request: Request): Promise<Answer> {
    const deadline = Date.now() + this.patienceMs;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, MAX_PAUSE_MS)) {
      const answer = await this.#anyWorker(request);
      const late = Date.now() + pauseMs > deadline;
      if (answer instanceof NoAnswer) {
        // A worker that has answered before may be restarting; one that never has is a wrong address, or down.
        if (late || !this.#answered) throw unreachable(this.#urls, answer.reason, answer.hint);
      } else if (!isMomentary(answer) && !(this.#proved && isStarting(answer))) {
        return this.#judged(request, answer);
      } else if (late) throw busy(request.what, hideSecrets(words(answer)), this.patienceMs);
      else this.#current = (this.#current + 1) % this.#urls.length;
      await this.pause(pauseMs);
    }
  }

  /** One worker by itself, once. */
  async askOne(url: string, question: Question): Promise<Answer> {
    const answer = await this.#http.ask(url, question, this.#closed.signal);
    if (answer.status === 401) throw unauthenticated(url, this.#withLogin);
    if (answer.status !== 200 || typeof answer.json !== 'object') throw notConnect(url, answer);
    return answer;
  }

  pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#closed.signal });
  }

  close(): void {
    this.#closed.abort(new Error('closed'));
    this.#http.close();
  }

  async #anyWorker(question: Question): Promise<Answer | NoAnswer> {
    let silence = new NoAnswer('nothing');
    // A kept connection may have been closed by the worker meanwhile: the first one is asked once more at the end.
    for (let tries = 0; tries <= this.#urls.length; tries++) {
      this.#closed.signal.throwIfAborted();
      try {
        const answer = await this.#http.ask(this.#urls[this.#current]!, question, this.#closed.signal);
        this.#answered = true;
        return answer;
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        silence = error;
        this.#current = (this.#current + 1) % this.#urls.length;
        if (!this.#answered && tries === this.#urls.length - 1) break;
      }
    }
    return silence;
  }

  #judged({ what, accept = [] }: Request, answer: Answer): Answer {
    const url = this.#urls[this.#current]!;
    const { status, json, text } = answer;
    if (status === 401) throw unauthenticated(url, this.#withLogin);
    const isConnect = text === '' ? status === 202 || status === 204 : typeof json === 'object';
    if (!isConnect) throw notConnect(url, answer);
    this.#proved = true;
    if (status < 300 || accept.includes(status)) return answer;
    throw refused(what, status, hideSecrets(words(answer)));
  }
}

/** Connect's own words. */
export function words({ json, text, status }: Answer): string {
  const message = (json as { message?: unknown } | undefined)?.message;
  return typeof message === 'string' ? message : text.trim().slice(0, 200) || String(status);
}

/**
 * Over in a moment by itself: a rebalance, a leader that is gone, a proxy whose workers restart. A connector that is there already is
 * answered with the status of a rebalance too.
 */
function isMomentary(answer: Answer): boolean {
  const { status } = answer;
  if (status === 409) return !/already exists/.test(words(answer));
  if (status === 500) return /IO Error trying to forward|Request timed out|known leader/.test(words(answer));
  return status === 502 || status === 503 || status === 504;
}

/** A worker that has its port and not yet its paths; behind one address with others that are ready it answers now and then. */
function isStarting({ status, json }: Answer): boolean {
  return status === 404 && typeof json !== 'object';
}
