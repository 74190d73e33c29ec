import { formatBytes } from '../core/units';

/** `12,345` */
export function number(value: number): string {
  return value.toLocaleString('en');
}

/** `1 topic`, `12 topics` */
export function counted(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `12.3GiB of 100GiB (12%)` */
export function share(used: number, total: number): string {
  return `${formatBytes(used)} of ${formatBytes(total)} (${Math.round((100 * used) / total)}%)`;
}
