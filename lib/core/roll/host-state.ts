/** How a node is on its host, as `bin/state.sh` there says it. */
export interface HostState {
  readonly environment: string;
  readonly name: string;
  readonly nodeId: number;
  readonly clusterId: string;
  /** As systemd says it; `failing`: it ends again and again and is started each time. */
  readonly service: string;
  /** Of the run of the service that is now: another one after each start. Empty where it never ran. */
  readonly invocation: string;
  /** When it was started, in systemd's words. */
  readonly since: string;
  /** What the node was started with: checksums of files, versions, by name. Empty where it does not run or nobody knows. */
  readonly startedWith: ReadonlyMap<string, string>;
  /** What lies there for the next start. */
  readonly installed: ReadonlyMap<string, string>;
  /** What has changed since it was started, as phrases. */
  readonly due: readonly string[];
  /** server.properties as it was when the node was started, and as it is; absent where that is not known. */
  readonly before?: string;
  readonly after?: string;
  /** The last lines of its journal, where it does not run. */
  readonly said: readonly string[];
  /** When its certificate ends, seconds since 1970; absent where there is none or no openssl. */
  readonly certificateEnds?: number;
  /** Seconds since 1970, by the clock of the host. */
  readonly clock: number;
}

/** Reads the `NAME=VALUE` lines; undefined where they are not those of a state. */
export function parseHostState(text: string): HostState | undefined {
  const values = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    if (at <= 0) continue;
    const name = line.slice(0, at);
    values.set(name, [...(values.get(name) ?? []), line.slice(at + 1)]);
  }
  const one = (name: string): string => values.get(name)?.[0] ?? '';
  if (!['environment', 'name', 'node', 'cluster', 'service', 'clock'].every((name) => values.has(name)))
    return undefined;
  const ends = one('certificate-ends');
  const [before, after] = ['before', 'after'].map((name) => values.get(name)?.join('\n'));
  return {
    environment: one('environment'),
    name: one('name'),
    nodeId: Number(one('node')),
    clusterId: one('cluster'),
    service: one('service'),
    invocation: one('invocation'),
    since: one('since'),
    startedWith: named(values.get('with')),
    installed: named(values.get('has')),
    due: values.get('due') ?? [],
    ...(before === undefined || after === undefined ? {} : { before, after }),
    said: (values.get('said') ?? []).filter((line) => line.trim() !== ''),
    ...(ends === '' ? {} : { certificateEnds: Number(ends) }),
    clock: Number(one('clock')),
  };
}

/** `VALUE NAME` lines, the name with blanks of its own. */
function named(lines: readonly string[] = []): ReadonlyMap<string, string> {
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
}

/** Whether systemd has the node up; it may still not serve. */
export function isRunning({ service }: Pick<HostState, 'service'>): boolean {
  return service === 'active' || service === 'reloading';
}
