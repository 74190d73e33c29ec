import type { QuotaEntity, QuotaKey } from '../../cluster';
import { formatBytes } from '../../units';

/** `user billing`, `every client.id without a quota of its own` */
export function quotaEntityWords({ user, clientId, ip }: QuotaEntity): string {
  return [
    ...(user === undefined ? [] : [user === null ? 'every user without a quota of its own' : `user ${user}`]),
    ...(clientId === undefined
      ? []
      : [clientId === null ? 'every client.id without a quota of its own' : `client.id ${clientId}`]),
    ...(ip === undefined ? [] : [ip === null ? 'every address without a quota of its own' : `address ${ip}`]),
  ].join(' with ');
}

/** `20MiB/s`, `50%`, `10/s`; exact, so that it tells two values apart. */
export function formatQuota(key: QuotaKey, value: number | undefined): string {
  if (value === undefined) return 'none';
  if (key === 'request_percentage') return `${value}%`;
  if (key !== 'producer_byte_rate' && key !== 'consumer_byte_rate') return `${value}/s`;
  return value > 0 && value % 1024 === 0 ? `${formatExact(value)}/s` : `${value}B/s`;
}

function formatExact(bytes: number): string {
  const text = formatBytes(bytes);
  return text.includes('.') ? `${bytes / 1024}KiB` : text;
}
