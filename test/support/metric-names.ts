/** Names of metrics in expressions; `up` is Prometheus' own. */
export function metricNames(expressions: readonly string[]): string[] {
  const names = expressions.flatMap((expression) => expression.match(/\b(?:kafka|jvm|process)_[a-z_]+/g) ?? []);
  return [...new Set(names)].sort();
}

/** Names of metrics that an exporter tells. */
export function toldNames(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/^[a-z_]+(?=[{ ])/gm)].map(([name]) => name));
}
