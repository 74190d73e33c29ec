/** A gauge with its samples. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The text that Prometheus reads (exposition format 0.0.4). */
export function metricsText(metrics: readonly Metric[]): string {
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, samples }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} gauge`,
        ...samples.map((sample) => `${name}${labelsText(sample)}`),
        '',
      ].join('\n'),
    )
    .join('');
}

function labelsText({ labels, value }: Sample): string {
  const entries = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${entries.length === 0 ? '' : `{${entries.join(',')}}`} ${value}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
