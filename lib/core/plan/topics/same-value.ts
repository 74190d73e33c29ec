/** The same to Kafka: `0.50` and `.5`, `compact,delete` and `delete, compact`, `TRUE` and `true`. */
export function sameValue(a: string, b: string): boolean {
  return a === b || canonical(a) === canonical(b);
}

function canonical(value: string): string {
  const text = value.trim();
  if (/^-?\d+$/.test(text)) return String(BigInt(text));
  if (/^-?\d*\.\d+$/.test(text)) return String(Number(text));
  if (/^(true|false)$/i.test(text)) return text.toLowerCase();
  return text
    .split(',')
    .map((item) => item.trim())
    .sort()
    .join(',');
}
