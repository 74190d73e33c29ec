import type { Client } from './clients';

/** Who writes to a topic and who reads it, by the ids of clients in the order of the file. */
export interface TopicClients {
  readonly topic: string;
  readonly writers: readonly string[];
  readonly readers: readonly string[];
}

export interface TopicUse {
  /** Every declared topic, in the order of the file. */
  readonly declared: readonly TopicClients[];
  /** Names and prefixes in somebody's rights that no declared topic has. */
  readonly undeclared: readonly TopicClients[];
}

/** Rights by name and by prefix, held against the declared topics. */
export function topicUse(topics: readonly string[], clients: readonly Client[]): TopicUse {
  const writers = new Rights(clients, ({ writes }) => writes);
  const readers = new Rights(clients, ({ reads }) => reads);
  const declared = topics.map((topic) => ({ topic, writers: writers.on(topic), readers: readers.on(topic) }));
  const loose = [...new Set([...writers.unused(topics), ...readers.unused(topics)])];
  return {
    declared,
    undeclared: loose.map((pattern) => ({
      topic: pattern,
      writers: writers.of(pattern),
      readers: readers.of(pattern),
    })),
  };
}

/** Who may do one thing with which topics. */
class Rights {
  private readonly byPattern = new Map<string, string[]>();
  private readonly order: ReadonlyMap<string, number>;

  constructor(clients: readonly Client[], patternsOf: (client: Client) => readonly string[]) {
    this.order = new Map(clients.map(({ id }, index) => [id, index]));
    for (const client of clients) {
      for (const pattern of patternsOf(client)) {
        const holders = this.byPattern.get(pattern);
        if (holders === undefined) this.byPattern.set(pattern, [client.id]);
        else holders.push(client.id);
      }
    }
  }

  /** Holders of rights that cover a name. */
  on(topic: string): string[] {
    const found = new Set(this.byPattern.get(topic));
    // As many look-ups as the name is long, however many prefixes there are.
    for (let length = 0; length <= topic.length; length++) {
      for (const holder of this.byPattern.get(`${topic.slice(0, length)}*`) ?? []) found.add(holder);
    }
    return [...found].sort((a, b) => this.order.get(a)! - this.order.get(b)!);
  }

  of(pattern: string): string[] {
    return [...new Set(this.byPattern.get(pattern))];
  }

  unused(topics: readonly string[]): string[] {
    const sorted = [...topics].sort();
    const names = new Set(topics);
    return [...this.byPattern.keys()].filter((pattern) =>
      pattern.endsWith('*') ? !beginsAny(sorted, pattern.slice(0, -1)) : !names.has(pattern),
    );
  }
}

function beginsAny(sorted: readonly string[], prefix: string): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < prefix) low = middle + 1;
    else high = middle;
  }
  return sorted[low]?.startsWith(prefix) === true;
}
