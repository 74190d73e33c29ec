import type { AuthorityOptions } from '../commands/certificate-authority';
import type { CertificatesOptions } from '../commands/certificates';
import { define, type Definition, type Flag } from './definition';

const DIR: Flag = ['--dir <folder>', 'where authority, keys and certificates are; never beside the environment'];
const WITHIN: Flag = ['--within <duration>', 'how long before its end one is renewed; default: 30d'];
const PASSPHRASE: Flag = ['--passphrase-file <file>', 'the passphrase of ca.key, where it is encrypted'];
const DRY_RUN: Flag = ['--dry-run', 'say what would be done, and write nothing'];
const LIFETIME: Flag = ['--lifetime <duration>', 'how long the authority is good; default: 3650d'];

const certificates = () => require('../commands/certificates') as typeof import('../commands/certificates');
const authority = () =>
  require('../commands/certificate-authority') as typeof import('../commands/certificate-authority');

/** A private authority for nodes on hosts, the administrator, and clients that log in by certificate. */
export const CERTIFICATE_COMMANDS: readonly Definition[] = [
  define<CertificatesOptions>({
    syntax: 'certificates <ENV>',
    description: 'List certificates of hosts and how long they are good',
    options: [DIR, WITHIN],
    example: 'kdk certificates dc1 --dir ~/kafka-certificates/dc1',
    run: ([name], options) => certificates().listCertificates(name!, options),
  }),
  define<AuthorityOptions>({
    syntax: 'certificates init <ENV>',
    description: 'Make an authority, for sites without one',
    options: [DIR, LIFETIME, PASSPHRASE, DRY_RUN],
    example: 'kdk certificates init dc1 --dir ~/kafka-certificates/dc1',
    run: ([name], options) => authority().initAuthority(name!, options),
  }),
  define<CertificatesOptions>({
    syntax: 'certificates issue <ENV>',
    description: 'Issue what is missing, does not fit any more, or is near its end',
    options: [
      DIR,
      WITHIN,
      ['--lifetime <duration>', 'how long new ones are good; default: 365d'],
      ['--all', 'issue every one anew'],
      PASSPHRASE,
      DRY_RUN,
    ],
    example: 'kdk certificates issue dc1 --dir ~/kafka-certificates/dc1 --dry-run',
    run: ([name], options) => certificates().issueCertificates(name!, options),
  }),
  define<AuthorityOptions>({
    syntax: 'certificates extend <ENV>',
    description: 'Let the authority live longer, with the same key',
    options: [DIR, LIFETIME, PASSPHRASE, DRY_RUN],
    example: 'kdk certificates extend dc1 --dir ~/kafka-certificates/dc1',
    run: ([name], options) => authority().extendAuthority(name!, options),
  }),
  define<AuthorityOptions>({
    syntax: 'certificates rotate <ENV>',
    description: 'Say how the authority gets another key; with --step take a step',
    options: [
      DIR,
      ['--step <step>', 'trust, sign or forget, in this order, with a roll after each'],
      LIFETIME,
      PASSPHRASE,
      DRY_RUN,
    ],
    example: 'kdk certificates rotate dc1 --dir ~/kafka-certificates/dc1',
    run: ([name], options) => authority().rotateAuthority(name!, options),
  }),
];
