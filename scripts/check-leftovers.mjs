// Fails where a Kafka process of the tests is still running: every suite ends what it started.
import { readdirSync, readFileSync } from 'node:fs';

const left = [];
for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
  let command;
  try {
    command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    continue; // It ended while we looked.
  }
  if (/\bjava\b.*\b(kafka\.Kafka|ConnectDistributed|StorageTool)\b/.test(command))
    left.push(`${pid} ${command.slice(0, 200)}`);
}
if (left.length > 0) {
  console.error(`still running:\n${left.join('\n')}`);
  process.exit(1);
}
