import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Compares a text with the file that was reviewed; `KDK_UPDATE=1` writes it instead, for the next review. */
export function expectGolden(path: string, text: string): void {
  if (process.env.KDK_UPDATE === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  expect(text).toBe(readFileSync(path, 'utf8'));
}
