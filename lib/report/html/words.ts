import type { Utilization } from '../../core/capacity';

/** `9,998` */
export function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 topic`, `2,000 topics` */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** `0.4%`, `31%`, `1,200%` */
export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 1 ? Math.max(0.1, Math.round(value * 10) / 10) : count(Math.round(value))}%`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `4.3MiB`, `1TiB`: in the largest unit, with one digit behind the point where there is something to say. */
export function size(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < UNITS.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${Math.round(value * 10) / 10}${UNITS[unit]}`;
}

/** `234.4MiB/s`, `1,000` */
export function amount(value: number, unit: Utilization['unit']): string {
  if (unit === 'replicas') return count(Math.round(value));
  return unit === 'bytes' ? size(value) : `${size(value)}/s`;
}

/** `a`, `a and b`, `a, b and c` */
export function enumerated(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A word as the beginning of a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
