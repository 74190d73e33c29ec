import { sha256 } from '@noble/hashes/sha2';

/**
 * A Kafka Uuid (16 bytes as 22 characters of URL-safe base64) that depends on `seed` alone. It never begins with a dash, which
 * `kafka-storage format -t` would take for a flag, and is none of the reserved ids, whose first 15 bytes are zero.
 */
export function derivedUuid(...seed: string[]): string {
  for (let attempt = 0; ; attempt++) {
    const bytes = sha256(JSON.stringify([...seed, attempt])).slice(0, 16);
    const text = base64Url(bytes);
    if (!text.startsWith('-') && bytes.slice(0, 15).some((byte) => byte !== 0)) return text;
  }
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** The first `length` hexadecimal digits of the SHA-256 of `text`. */
export function shortHash(text: string, length: number): string {
  return Array.from(sha256(text), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, length);
}
