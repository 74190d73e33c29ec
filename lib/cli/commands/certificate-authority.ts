import { createAuthority, readCertificate, renewAuthority } from '../../admin/adapters/x509';
import { wantedCertificates } from '../../admin/certificates';
import { Failure } from '../../core/issue';
import { durationArgument } from '../duration-argument';
import type { Outcome } from '../outcome';
import {
  openCertificates,
  passphrase,
  rollCommand,
  type CertificatesOptions,
  type OpenedCertificates,
} from './certificates';

export interface AuthorityOptions extends CertificatesOptions {
  readonly step?: string;
}

const DAY_MS = 86_400_000;
/** Ten years: an authority is replaced because its key was seen, or with the machines, not by the calendar. */
const AUTHORITY_DAYS = 3650;

/** `kdk certificates init ENV --dir DIR`: an authority of one's own, for sites without one. */
export async function initAuthority(argument: string, options: AuthorityOptions): Promise<Outcome> {
  const { model, name, issues, folder } = openCertificates(argument, options);
  const secret = passphrase(options);
  const commonName = `${model.name} Kafka authority`;
  const request = { commonName, days: days(options), now: new Date() };
  if (options.dryRun !== true || folder.hasAuthority)
    folder.create(await createAuthority({ ...request, ...(secret === undefined ? {} : { passphrase: secret }) }));
  return {
    environment: name,
    issues,
    result: { folder: folder.path, commonName, days: request.days, executed: options.dryRun !== true },
    lines: [
      `${options.dryRun === true ? 'would make' : 'made'} the authority ${commonName} in ${folder.path}, for ${Math.round(request.days)} days`,
      'Whoever has ca.key can be any node: keep it from everybody else, and back it up.',
      `Then: kdk certificates issue ${argument} --dir ${folder.path}`,
    ],
  };
}

/** `kdk certificates extend ENV --dir DIR`: a longer life for the authority under the same key; what it signed stays good. */
export async function extendAuthority(argument: string, options: AuthorityOptions): Promise<Outcome> {
  const { name, issues, folder } = openCertificates(argument, options);
  const authority = folder.authority(passphrase(options));
  const [, ...others] = folder.trusted;
  const certificate = await renewAuthority(authority, days(options), new Date());
  if (options.dryRun !== true) folder.writeTrusted([certificate, ...others]);
  const { notAfter } = readCertificate(certificate)!;
  return {
    environment: name,
    issues,
    result: { folder: folder.path, notAfter: notAfter.toISOString(), executed: options.dryRun !== true },
    lines: [
      `the authority ${options.dryRun === true ? 'would end' : 'ends'} on ${notAfter.toISOString().slice(0, 10)}, with the same key`,
      `One roll brings it to the nodes before the former one ends: ${rollCommand(argument, folder.path)}`,
      'Clients need the new ca.crt before that day as well.',
    ],
  };
}

const STEPS = ['trust', 'sign', 'forget'] as const;
type Step = (typeof STEPS)[number];

/**
 * `kdk certificates rotate ENV --dir DIR --step STEP`: another key, for one that was seen or lost its strength. Everybody learns to trust the
 * next authority before it signs anything, and the former one is trusted until nothing of it is left: a roll between the steps.
 */
export async function rotateAuthority(argument: string, options: AuthorityOptions): Promise<Outcome> {
  const opened = openCertificates(argument, options);
  const { name, issues, folder } = opened;
  folder.signing(); // refuses where there is none
  const next = nextStep(opened);
  const step = options.step;
  const executed = step !== undefined && options.dryRun !== true;
  if (step !== undefined) {
    checkStep(step, next);
    if (executed) await take(step, opened, options);
  }
  const after = executed ? nextStep(opened) : next;
  return {
    environment: name,
    issues,
    result: { folder: folder.path, step: step ?? null, executed, next: after.step },
    lines: [...(executed ? SAID[step as Step] : []), ...plan(argument, folder.path, after)],
  };
}

/** What comes next: a step, or certificates that are still of the former authority. */
type Next = { readonly step: Step; readonly left?: string };

function nextStep({ folder, model }: OpenedCertificates): Next {
  if (folder.hasNext) return { step: 'sign' };
  const [signing, ...former] = folder.trusted;
  if (former.length === 0) return { step: 'trust' };
  const left = wantedCertificates(model).find(({ place, file }) => {
    const text = folder.read(place, file);
    return text !== undefined && readCertificate(text)?.isSignedBy(signing!) !== true;
  });
  return { step: 'forget', ...(left === undefined ? {} : { left: left.place }) };
}

function checkStep(step: string, next: Next): asserts step is Step {
  if (!(STEPS as readonly string[]).includes(step)) {
    throw new Failure(
      'USAGE',
      `there is no such step, got ${step}; ${STEPS.join(', ')} are allowed.`,
      'Run the command without --step: it says what comes next.',
      2,
    );
  }
  if (step !== next.step) {
    throw new Failure(
      'CERTIFICATES-STEP',
      `it is not the turn of this step, got ${step}; ${next.step} is allowed now.`,
      'Run the command without --step: it says what comes next, and what before it.',
    );
  }
  if (next.left !== undefined) {
    throw new Failure(
      'CERTIFICATES-STEP',
      `a certificate is still of the former authority, got ${next.left}; all are issued anew before it is forgotten.`,
      'Run kdk certificates issue, and roll the nodes.',
    );
  }
}

async function take(step: Step, { folder }: OpenedCertificates, options: AuthorityOptions): Promise<void> {
  const secret = passphrase(options);
  if (step === 'trust') {
    const request = { commonName: following(folder.signing()), days: days(options), now: new Date() };
    const next = await createAuthority({ ...request, ...(secret === undefined ? {} : { passphrase: secret }) });
    folder.writeTrusted([...folder.trusted, next.certificate]);
    folder.writeNext(next);
  } else if (step === 'sign') folder.promoteNext();
  else folder.writeTrusted(folder.trusted.slice(0, 1));
}

/** Another name than that of the former one: whoever checks a chain finds the right one of both by it. */
function following(certificate: string): string {
  const [, name = 'Kafka authority', count] = /^(.*?)(?: (\d+))?$/.exec(
    readCertificate(certificate)?.commonName ?? '',
  )!;
  return `${name} ${Number(count ?? 1) + 1}`;
}

const SAID: Readonly<Record<Step, readonly string[]>> = {
  trust: ['ca.crt holds the authority that follows, beside the one that signs'],
  sign: ['the new authority signs; the former one is still trusted'],
  forget: ['ca.crt holds the new authority alone'],
};

function plan(argument: string, folder: string, next: Next): string[] {
  const roll = rollCommand(argument, folder);
  const issue = `kdk certificates issue ${argument} --dir ${folder}`;
  const rotate = (step: Step): string => `kdk certificates rotate ${argument} --dir ${folder} --step ${step}`;
  const steps: Readonly<Record<Step, readonly string[]>> = {
    trust: [rotate('trust'), `${roll}  (and ca.crt to all clients)`],
    sign: [rotate('sign'), issue, roll],
    forget: [rotate('forget'), `${roll}  (when clients have certificates of the new authority)`],
  };
  const left = STEPS.slice(STEPS.indexOf(next.step)).flatMap((step) => steps[step]);
  // Before the first step nothing has to be carried anywhere; before the others, what the last one wrote has.
  const before =
    next.step === 'trust'
      ? []
      : [...(next.left === undefined ? [] : [issue]), `${roll}  (if that was not done since the last step)`];
  return [
    'What comes next, each when the one before is done on every node:',
    ...[...before, ...left].map((line, index) => `  ${index + 1}. ${line}`),
  ];
}

function days({ lifetime }: CertificatesOptions): number {
  return lifetime === undefined ? AUTHORITY_DAYS : durationArgument('--lifetime', lifetime) / DAY_MS;
}
