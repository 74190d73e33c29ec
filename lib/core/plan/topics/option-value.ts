import { formatBytes, formatDuration } from '../../units';

/** The largest number that a long of Java holds: Kafka's word for no limit in options that have no other. */
const LONG_MAX = '9223372036854775807';

/** A value as an environment would write it: `7d`, `20GiB`, `forever`; exact, so that an acknowledgement can name it. */
export function optionText(option: string, value: string | undefined): string {
  if (value === undefined) return 'none';
  const text = value.trim();
  if (text === '') return 'empty';
  if (text === LONG_MAX) return 'unlimited';
  const number = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(number)) return text;
  if (option.startsWith('local.retention.') && number === -2) return 'as retention';
  if (option.endsWith('.ms')) return formatDuration(number);
  if (option.endsWith('.bytes')) return exactBytes(number);
  return text;
}

function exactBytes(bytes: number): string {
  const text = formatBytes(bytes);
  return text.includes('.') ? `${bytes}B` : text;
}
