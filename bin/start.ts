import { reportUnexpected, runCommand } from '../lib/cli/main';

process.on('uncaughtException', (error) => process.exit(reportUnexpected(error)));
process.on('unhandledRejection', (error) => process.exit(reportUnexpected(error)));

void runCommand({
  name: 'start',
  options: {},
  isLong: true,
  run: (context) => (require('../lib/cli/commands/start') as typeof import('../lib/cli/commands/start')).start(context),
}).then((status) => process.exit(status));
