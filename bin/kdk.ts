#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, reportUnexpected } from '../lib/cli/main';

process.on('uncaughtException', (error) => process.exit(reportUnexpected(error)));
process.on('unhandledRejection', (error) => process.exit(reportUnexpected(error)));
// `kdk explain prod topics | head` closes the pipe early; that is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const manifest = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
void main(process.argv.slice(2), manifest.version).then((status) => {
  // What an interrupted command still waits for keeps nobody here.
  if (status > 128) process.exit(status);
  process.exitCode = status;
});
