import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../lib/core/issue';
import { localAdminAccess, localSecretsDir } from '../../lib/local';
import { makeSecrets } from '../../lib/local/secrets';
import { MINIMAL, modelOfText } from '../support/environments';

const SCRAM = MINIMAL.replace('none', 'scram-sha-512');

describe('passwords of an environment on this machine', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kdk-secrets-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const value = (secret: string, key = 'password'): string =>
    readFileSync(join(localSecretsDir(root), secret, key), 'utf8');

  test('are made for nodes, administrator and every user that stays, for nobody but their owner to read', () => {
    const model = modelOfText(`${SCRAM}secrets: { bank: { id: nowhere/bank } }
principals:
  a: { listener: internal, users: { a-1: {}, a-2: { password: { secret: bank, key: pin } }, a-3: { deleted: { reason: old } } } }
  b: { listener: internal }
  c: { deleted: { reason: gone } }
`);
    makeSecrets(model, root);
    expect(readdirSync(localSecretsDir(root)).sort()).toEqual(['.admin', '.nodes', 'a-1', 'b', 'bank']);
    expect(value('bank', 'pin')).toMatch(/^[\w-]{32}$/);
    expect(statSync(join(localSecretsDir(root), 'bank')).mode & 0o777).toBe(0o700);
    expect(statSync(join(localSecretsDir(root), 'bank', 'pin')).mode & 0o777).toBe(0o600);
  });

  test('are kept, and an empty one is made again', () => {
    const model = modelOfText(`${SCRAM}principals: { a: { listener: internal }, b: { listener: internal } }`);
    makeSecrets(model, root);
    const before = value('a');
    writeFileSync(join(localSecretsDir(root), 'b', 'password'), '');
    makeSecrets(model, root);
    expect(value('a')).toBe(before);
    expect(value('b')).not.toBe('');
  });

  test('are those of the folder that the environment names, also after they changed there', () => {
    const folder = join(root, 'given');
    mkdirSync(folder);
    const model = modelOfText(`${SCRAM}secrets: { bank: { id: ${folder} } }
principals: { a: { listener: internal, password: { secret: bank, key: pin } } }`);
    for (const pin of ['first', 'second']) {
      writeFileSync(join(folder, 'pin'), `${pin}\n`);
      makeSecrets(model, root);
      expect(value('bank', 'pin')).toBe(pin);
    }
  });

  test('are not made where nobody logs in', () => {
    makeSecrets(modelOfText(MINIMAL), root);
    expect(readdirSync(root)).toEqual([]);
  });

  test('fails on a key that is no name of a file', () => {
    const model = modelOfText(`${SCRAM}secrets: { bank: { id: x } }
principals: { a: { listener: internal, password: { secret: bank, key: ../../pin } } }`);
    expect(() => makeSecrets(model, root)).toThrow('the key of a secret is no name of a file, got "../../pin" of bank');
  });

  test('fails in a folder that Kafka cannot be told of', () => {
    expect(() => makeSecrets(modelOfText(SCRAM), join(root, 'a:b'))).toThrow('a path without colons and braces');
  });

  test('let the administrator in at the listener of the nodes', () => {
    const model = modelOfText(SCRAM);
    makeSecrets(model, root);
    expect(localAdminAccess(model, root)).toEqual({
      bootstrapServers: model.nodes.map(({ ports }) => `127.0.0.1:${ports['REPLICATION']}`),
      sasl: { mechanism: 'PLAIN', username: 'admin:mini', password: value('.admin') },
    });
    const open = modelOfText(MINIMAL);
    expect(localAdminAccess(open, root)).toEqual({
      bootstrapServers: open.nodes.map(({ ports }) => `127.0.0.1:${ports['INTERNAL']}`),
    });
  });

  test('fails for an administrator before they were made', () => {
    expect(() => localAdminAccess(modelOfText(SCRAM), root)).toThrow(Failure);
  });
});
