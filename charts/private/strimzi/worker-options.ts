import { connectWorkerProperties } from '../../../lib/core/config';
import type { EnvironmentModel } from '../../../lib/core/model';
import { strimziOwnsWorkerOption } from '../../../lib/core/strimzi';
import { secretFiles } from './connect-secrets';

/** Which the operator repeats for the clients of connectors by itself. */
const CONNECTION_OF_CLIENTS = /^(producer|consumer|admin)\.(security|ssl|sasl)\./;

/** `spec.config` of the workers: what the kit's own workers are told, without what the operator writes itself. */
export function workerOptions(model: EnvironmentModel): Record<string, string> {
  const text = connectWorkerProperties(model, {
    bootstrapServers: '',
    advertisedHost: '',
    restPort: model.connect!.restPort,
    files: secretFiles(),
  });
  return Object.fromEntries(
    entriesOf(text)
      .filter(([name]) => !strimziOwnsWorkerOption(name) && !CONNECTION_OF_CLIENTS.test(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What `renderProperties` wrote, read again. */
function entriesOf(text: string): [string, string][] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, value] = /^((?:\\.|[^=\\])*)=(.*)$/.exec(line)!;
      return [unescaped(name!), unescaped(value!)];
    });
}

function unescaped(text: string): string {
  return text.replace(/\\(u([0-9a-fA-F]{4})|.)/g, (_, escape: string, code: string | undefined) =>
    code === undefined ? (ESCAPES[escape] ?? escape) : String.fromCharCode(parseInt(code, 16)),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };
