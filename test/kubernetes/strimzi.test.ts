import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { strimziParts } from '../../charts/strimzi';
import { STRIMZI_RELEASES } from '../../lib/core/strimzi';
import type { EnvironmentModel } from '../../lib/core/model';
import { modelOfFile, modelOfText } from '../support/environments';
import { kubectl, tryKubectl, within } from '../support/kubernetes/kubectl';
import { TestNamespace } from '../support/kubernetes/test-namespace';
import { EVERYTHING } from '../support/strimzi-everything';

const VERSION = STRIMZI_RELEASES.at(-1)!.patch;
const CACHE = dirname(process.env.KDK_SYSTEM_VENV ?? join(homedir(), '.cache/kafka-deployment-kit/system-venv'));
/** Made by scripts/strimzi-definitions.sh out of Strimzi's own artifacts. */
const DEFINITIONS = join(CACHE, `strimzi-${VERSION}`);

describe(`an API server with the definitions of Strimzi ${VERSION}, without its operator`, () => {
  let namespace: TestNamespace;
  let made: string[] = [];

  beforeAll(async () => {
    namespace = await TestNamespace.create('strimzi');
    const there = (await kubectl(['get', 'crd', '-o', 'name'])).split('\n');
    made = readdirSync(DEFINITIONS).filter((file) => {
      const kind = file.replace('.yaml', '');
      return !there.some((name) => name.endsWith(`/${kind}s.kafka.strimzi.io`));
    });
    for (const file of made) await kubectl(['apply', '--server-side', '-f', join(DEFINITIONS, file)]);
  }, 300_000);

  afterAll(async () => {
    for (const file of made) await tryKubectl(['delete', '--wait=false', '-f', join(DEFINITIONS, file)]);
    await tryKubectl(['delete', 'namespace', namespace.name, '--wait=false']);
  }, 300_000);

  test.each<[string, EnvironmentModel]>([
    ['staging', modelOfFile('staging')],
    ['everything that a file can say', modelOfText(EVERYTHING)],
  ])(
    'takes every resource of %s',
    async (_, model) => {
      const { objects } = strimziParts(model);
      const input = objects
        .map((object) => stringify({ ...object, metadata: { ...object.metadata, namespace: namespace.name } }))
        .join('---\n');
      // The server knows a new definition a moment after it has taken it.
      const said = await within(60, () =>
        kubectl(['apply', '--server-side', '--dry-run=server', '-f', '-'], { input }),
      );
      expect(said.trim().split('\n')).toHaveLength(objects.length);
    },
    180_000,
  );
});
