/** A line of what an exporter serves. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** The text that Prometheus reads (exposition format 0.0.4); what is no number is left out. */
export function parseExposition(text: string): Series[] {
  return text.split('\n').flatMap((line): Series[] => {
    if (line.startsWith('#')) return [];
    const [, name, labels = '', written] = LINE.exec(line.trim()) ?? [];
    const value = Number(written);
    if (name === undefined || !Number.isFinite(value)) return [];
    return [{ name, labels: parseLabels(labels), value }];
  });
}

function parseLabels(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(LABEL)].map(([, label, value]) => [label!, unescaped(value!)]));
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

/** Those that a selector takes: `name` or `name{label="text"}`. */
export function select(series: readonly Series[], selector: string): Series[] {
  const [, name, labels = ''] = /^([^{]+)(?:\{(.*)\})?$/.exec(selector)!;
  const wanted = Object.entries(parseLabels(labels));
  return series.filter((one) => one.name === name && wanted.every(([label, value]) => one.labels[label] === value));
}
