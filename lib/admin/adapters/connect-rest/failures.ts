import { Failure, formatPath } from '../../../core/issue';
import type { Answer } from './http';

/** No worker answers. */
export function unreachable(urls: readonly string[], reason: string, hint?: string): Failure {
  return new Failure(
    'CONNECT-UNREACHABLE',
    `No Connect worker answers at ${urls.join(', ')}, got ${reason}; the REST interface of a worker must listen there.`,
    hint ?? 'Check the addresses, that the workers are up and that this machine may reach them.',
    3,
  );
}

export function unauthenticated(url: string, withLogin: boolean): Failure {
  return new Failure(
    'CONNECT-AUTHENTICATION',
    `The Connect worker at ${url} refused the log-in, got 401 ${withLogin ? 'for the user name and password' : 'without a user name and password'}; a user of its REST interface is needed.`,
    'Check the user and its secret.',
    3,
  );
}

export function notConnect(url: string, { status, text }: Answer): Failure {
  const start = text.trim().slice(0, 60).replace(/\s+/g, ' ');
  return new Failure(
    'CONNECT-ANSWER',
    `What answers at ${url} is no Connect worker, got ${status}${start === '' ? '' : ` and "${start}"`}; its REST interface answers with JSON.`,
    'Check host, port and path of the address.',
    3,
  );
}

/** Workers that rebalance answer 409 until they have found each other. */
export function busy(what: string, words: string, patienceMs: number): Failure {
  return new Failure(
    'CONNECT-BUSY',
    `Connect could not ${what} within ${Math.round(patienceMs / 1000)} s, got ${words}; workers that are done with rebalancing are needed.`,
    'Try again in a while; if it stays so, look for workers that come and go.',
  );
}

export function refused(what: string, status: number, words: string): Failure {
  return new Failure(
    'CONNECT-REFUSED',
    `Connect refused to ${what}, got ${status}: ${ended(words)}`,
    status === 403
      ? 'Give the user this right, or use another one.'
      : status >= 500
        ? 'The log of the worker says more.'
        : 'Change what is asked for.',
  );
}

export function refusedConfig(name: string, words: string): Failure {
  const errors = words
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) => line !== '' && !/^(Connector configuration is invalid|You can also find the above list)/.test(line),
    );
  return new Failure(
    'CONNECTOR-CONFIG',
    `Connect refused the configuration of connector ${name}, got ${errors.map(ended).join(' ')}`,
    `Change ${connectorPath(name)}.`,
  );
}

export function unknownConnector(name: string): Failure {
  return new Failure(
    'CONNECTOR-UNKNOWN',
    `Connect does not know connector ${name}; one that is there is needed.`,
    'Plan again: it was deleted meanwhile, or these are the workers of another cluster.',
  );
}

export function connectorFailed(name: string, failures: readonly string[]): Failure {
  const [first] = failures;
  const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : '';
  return new Failure(
    'CONNECTOR-FAILED',
    `Connector ${name} does not run, got ${ended(`${first}${more}`)}`,
    'Remove the cause and apply again: what has failed is restarted. The log of the worker says more.',
  );
}

export function unsettled(name: string, wanted: string, seen: string, patienceMs: number): Failure {
  return new Failure(
    'CONNECTOR-UNSETTLED',
    `Connector ${name} is not ${wanted} after ${Math.round(patienceMs / 1000)} s, got ${seen}; it and all its tasks must be.`,
    'Look at its state again in a while: tasks of a worker that was lost wait up to 5 minutes for it (scheduled.rebalance.max.delay.ms).',
  );
}

/** Where the environment says it. */
export function connectorPath(name: string, option?: string): string {
  const path = ['connect', 'connectors', name];
  if (option === undefined) return formatPath(path);
  const own: Readonly<Record<string, string>> = { 'connector.class': 'class', 'tasks.max': 'tasksMax' };
  return formatPath(own[option] === undefined ? [...path, 'config', option] : [...path, own[option]]);
}

/** As a sentence. */
export function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
