import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { certificatesIn, readCertificate, type Authority, type CertificatePair } from '../admin/adapters/x509';
import { Failure } from '../core/issue';
import { unwritable, writeAtomically } from './atomic-file';

const KEY = 'ca.key';
const TRUSTED = 'ca.crt';
/** The authority that follows, from the day that nodes learn of it until it signs. */
const NEXT = 'next';

/** The folder that holds an environment's authority and what it signed; keys are for its owner alone. */
export class CertificateFolder {
  /** Absolute: files of clients name it. */
  readonly path: string;

  /** Refuses folders that are committed with the environment: whoever has the key owns the cluster. */
  constructor(given: string | undefined, argument: string, environmentFile: string) {
    if (given === undefined) {
      throw new Failure(
        'USAGE',
        'there is no folder for certificates, got no --dir; one outside the environment is needed.',
        `Try kdk certificates ${argument} --dir ~/kafka-certificates/${basename(argument, '.yaml')}.`,
        2,
      );
    }
    this.path = resolve(given);
    const environments = realpathSync(dirname(resolve(environmentFile)));
    const real = nearestReal(this.path);
    if (real === environments || real.startsWith(environments + sep)) {
      throw new Failure(
        'CERTIFICATES-PLACE',
        `keys do not belong beside environments, got ${JSON.stringify(given)}; a folder that is never committed is needed.`,
        'Choose one that only administrators can read, and back it up.',
        2,
      );
    }
  }

  at(...parts: string[]): string {
    return join(this.path, ...parts);
  }

  read(...parts: string[]): string | undefined {
    try {
      return readFileSync(this.at(...parts), 'utf8');
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw new Failure(
        'FILE-UNREADABLE',
        `a file of the folder of certificates cannot be read, got ${JSON.stringify(this.at(...parts))} (${code}); a file that this user may read is needed.`,
        'Check its owner and mode.',
      );
    }
  }

  /** Certificates that nodes and clients trust; the first one signs. */
  get trusted(): readonly string[] {
    return certificatesIn(this.read(TRUSTED) ?? '');
  }

  /** The authority that signs. */
  authority(passphrase: string | undefined): Authority {
    const [key, [certificate]] = [this.read(KEY), this.trusted];
    if (key === undefined || certificate === undefined) throw this.missing(key === undefined ? KEY : TRUSTED);
    // What an encrypted key belongs to is found when it signs.
    if (!key.includes('ENCRYPTED') && readCertificate(certificate + key)?.keyMatches !== true) {
      throw new Failure(
        'CERTIFICATES-AUTHORITY',
        `the key of the authority is of another certificate, got ${JSON.stringify(this.path)}; ca.key and the first certificate of ca.crt belong together.`,
        this.hasNext ? 'Run kdk certificates rotate --step sign again: it was cut off.' : 'Put the right one there.',
      );
    }
    return { certificate, key, ...(passphrase === undefined ? {} : { passphrase }) };
  }

  /** The certificate of the authority that signs; listing needs no key. */
  signing(): string {
    const [certificate] = this.trusted;
    if (certificate === undefined) throw this.missing(TRUSTED);
    return certificate;
  }

  get hasAuthority(): boolean {
    return existsSync(this.at(KEY)) || existsSync(this.at(TRUSTED));
  }

  get hasNext(): boolean {
    return existsSync(this.at(NEXT, TRUSTED));
  }

  /** Writes a first authority; one that is there is never touched. */
  create(authority: CertificatePair): void {
    if (this.hasAuthority) {
      throw new Failure(
        'CERTIFICATES-AUTHORITY',
        `there is an authority already, got ${JSON.stringify(this.path)}; it is never overwritten.`,
        'Go on with kdk certificates issue; extend and rotate renew it.',
      );
    }
    this.write(KEY, authority.key);
    this.writeTrusted([authority.certificate]);
  }

  writeTrusted(certificates: readonly string[]): void {
    this.write(TRUSTED, certificates.join(''), 0o644);
  }

  writeNext({ certificate, key }: CertificatePair): void {
    this.write(join(NEXT, KEY), key);
    this.write(join(NEXT, TRUSTED), certificate);
  }

  /** Lets the next authority sign; the former one is still trusted. Cut off in the middle, it is done again. */
  promoteNext(): void {
    const [key, [certificate]] = [this.read(NEXT, KEY)!, certificatesIn(this.read(NEXT, TRUSTED)!)];
    const former = this.trusted.filter((each) => each !== certificate);
    this.writeTrusted([certificate!, ...former]);
    this.write(KEY, key);
    rmSync(this.at(NEXT), { recursive: true });
  }

  /** Whole or not at all, and for nobody else to read where it holds a key. */
  write(path: string, content: string, mode = 0o600): void {
    try {
      const folder = dirname(this.at(path));
      for (const each of [this.path, folder]) {
        if (existsSync(each)) continue;
        mkdirSync(each, { recursive: true, mode: 0o700 });
      }
      if (!existsSync(this.at('.gitignore'))) writeAtomically(this.at('.gitignore'), '*\n');
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw unwritable(this.at(path), error);
    }
    if (this.read(path) === content) {
      if ((statSync(this.at(path)).mode & 0o777) !== mode) chmodSync(this.at(path), mode);
      return;
    }
    writeAtomically(this.at(path), content, { mode });
  }

  /** Files of nodes and clients that the environment does not know any more, by their place. */
  strangers(places: readonly string[]): string[] {
    return ['hosts', 'clients']
      .flatMap((kind) => (existsSync(this.at(kind)) ? readdirSync(this.at(kind)).map((name) => `${kind}/${name}`) : []))
      .filter((place) => !places.includes(place))
      .sort();
  }

  private missing(file: string): Failure {
    return new Failure(
      'CERTIFICATES-AUTHORITY',
      `there is no authority, got no ${file} in ${JSON.stringify(this.path)}; ca.key and ca.crt are needed.`,
      'Make one by kdk certificates init, or put the key and the certificate of your own there.',
    );
  }
}

/** The path with all links of what is there of it resolved. */
function nearestReal(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(nearestReal(parent), basename(path));
}
