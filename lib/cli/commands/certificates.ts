import { join } from 'node:path';
import { issueCertificate } from '../../admin/adapters/x509';
import {
  judgeCertificate,
  wantedCertificates,
  type CertificateVerdict,
  type WantedCertificate,
} from '../../admin/certificates';
import { adminBootstrapServers, bootstrapServers, clientFiles, renderPropertiesSections } from '../../core/config';
import { Failure } from '../../core/issue';
import type { EnvironmentModel } from '../../core/model';
import { requireOwnCluster } from '../../environment/own-cluster';
import { counted } from '../amounts';
import { authorityVerdict, authorityWarning, type AuthorityVerdict } from '../authority-verdict';
import { CertificateFolder } from '../certificate-folder';
import { durationArgument } from '../duration-argument';
import { openValid, type ValidEnvironment } from '../open-valid';
import type { CommonOptions, Outcome } from '../outcome';
import { textFile } from '../text-file';

export interface CertificatesOptions extends CommonOptions {
  readonly dir?: string;
  /** Duration before its end in which a certificate is renewed. */
  readonly within?: string;
  /** Duration that new ones are good for. */
  readonly lifetime?: string;
  readonly passphraseFile?: string;
  readonly all?: boolean;
  readonly dryRun?: boolean;
}

const DAY_MS = 86_400_000;

export interface OpenedCertificates extends Pick<ValidEnvironment, 'model' | 'name' | 'issues'> {
  readonly folder: CertificateFolder;
}

/** The environment and its folder of certificates; only nodes of one's own have certificates of one's own. */
export function openCertificates(argument: string, options: CertificatesOptions): OpenedCertificates {
  const { model, name, issues, path } = openValid(argument, options);
  requireOwnCluster(model);
  if (model.target !== 'hosts' && model.target !== 'ec2') {
    throw new Failure(
      'CERTIFICATES-TARGET',
      `certificates are issued for hosts and instances on EC2, got target ${model.target}; hosts and ec2 are allowed.`,
      model.target === 'kubernetes' ? 'There cert-manager issues them.' : 'Choose another target with --target.',
      2,
    );
  }
  return { model, name, issues, folder: new CertificateFolder(options.dir, argument, path) };
}

/** `kdk certificates ENV --dir DIR`: how long each is good; status 1 where one is not as it should be or near its end. */
export function listCertificates(argument: string, options: CertificatesOptions): Outcome {
  const { model, name, issues, folder } = openCertificates(argument, options);
  const now = new Date();
  const { verdicts, strangers, authority } = judge(model, folder, options, now);
  const due = verdicts.filter(({ why }) => why !== undefined).length;
  const isGood = due === 0 && authority.why === undefined;
  return {
    environment: name,
    issues,
    result: { folder: folder.path, authority, certificates: verdicts, strangers },
    lines: [
      line('authority', authority),
      ...verdicts.map((verdict) => line(verdict.place, verdict)),
      ...authorityWarning(authority, argument, folder.path),
      ...strangers.map((place) => `${place}: the environment does not know it any more; remove it`),
      isGood ? `${counted(verdicts.length, 'certificate')}, all good` : `${due} of ${counted(verdicts.length, 'certificate')} to issue: kdk certificates issue ${argument} --dir ${folder.path}`, // prettier-ignore
    ],
    status: isGood ? 0 : 1,
  };
}

/** `kdk certificates issue ENV --dir DIR`: those that are missing, that do not fit any more or are near their end; with --all every one. */
export async function issueCertificates(argument: string, options: CertificatesOptions): Promise<Outcome> {
  const { model, name, issues, folder } = openCertificates(argument, options);
  const now = new Date();
  const { wanted, verdicts, authority } = judge(model, folder, options, now);
  const due = wanted.flatMap((each, index) => {
    const why = verdicts[index]!.why ?? (options.all === true ? 'all were asked for' : undefined);
    return why === undefined ? [] : [{ ...each, why }];
  });
  const isPlan = options.dryRun === true;
  if (!isPlan) {
    const days = options.lifetime === undefined ? 365 : durationArgument('--lifetime', options.lifetime) / DAY_MS;
    const signer = folder.authority(passphrase(options));
    // One at a time and each whole: what a run that was cut off has not made, the next one makes.
    for (const each of due) {
      const { key, certificate } = await issueCertificate(signer, { ...each, days, now });
      folder.write(`${each.place}/${each.file}`, key + certificate);
    }
    writeSettings(model, folder, wanted);
  }
  return {
    environment: name,
    issues,
    result: { folder: folder.path, executed: !isPlan, issued: due.map(({ place, why }) => ({ place, why })) },
    lines: [
      ...due.map(({ place, why }) => `${isPlan ? 'would issue' : 'issued'} ${place}: ${why}`),
      ...authorityWarning(authority, argument, folder.path),
      due.length === 0
        ? 'nothing to issue'
        : `${counted(due.length, 'certificate')} ${isPlan ? 'to issue' : `issued; a node takes its own with its next start: ${rollCommand(argument, folder.path)}`}`,
    ],
  };
}

interface Judged {
  readonly wanted: readonly WantedCertificate[];
  readonly verdicts: readonly CertificateVerdict[];
  readonly strangers: readonly string[];
  readonly authority: AuthorityVerdict;
}

function judge(model: EnvironmentModel, folder: CertificateFolder, options: CertificatesOptions, now: Date): Judged {
  const withinMs = options.within === undefined ? 30 * DAY_MS : durationArgument('--within', options.within);
  const wanted = wantedCertificates(model);
  const authority = folder.signing();
  return {
    wanted,
    verdicts: wanted.map((each) =>
      judgeCertificate(each, folder.read(each.place, each.file), { now, withinMs, authority }),
    ),
    strangers: folder.strangers(wanted.map(({ place }) => place)),
    authority: authorityVerdict(authority, withinMs, now),
  };
}

/** How the administrator and clients with certificates log in from this machine. */
function writeSettings(model: EnvironmentModel, folder: CertificateFolder, wanted: readonly WantedCertificate[]): void {
  const pem = (place: string): string => folder.at(place);
  const entries = [
    ['bootstrap.servers', adminBootstrapServers(model)],
    ['security.protocol', 'SSL'],
    ['ssl.keystore.type', 'PEM'],
    ['ssl.keystore.location', pem('admin/admin.pem')],
    ['ssl.truststore.type', 'PEM'],
    ['ssl.truststore.location', pem('ca.crt')],
  ] as const;
  const comment = `The administrator of ${model.name}`;
  folder.write('admin/admin.properties', renderPropertiesSections([{ comment, entries }]));
  for (const principal of model.principals) {
    if (!wanted.some(({ place }) => place === `clients/${principal.name}`)) continue;
    const keystore = folder.at('clients', principal.name, 'client.pem');
    const files = { secretsDir: folder.at('clients'), truststore: folder.at('ca.crt'), keystore };
    for (const { path, content } of clientFiles(model, principal, bootstrapServers(model, principal.listener), files))
      folder.write(`clients/${path}`, content);
  }
}

/** How nodes get what was written, and take it up. */
export function rollCommand(argument: string, folder: string): string {
  return `kdk roll ${argument} --certificates ${folder} --command-config ${join(folder, 'admin/admin.properties')}`;
}

/** Never an argument: those are for everybody on the machine to read. */
export function passphrase({ passphraseFile }: CertificatesOptions): string | undefined {
  if (passphraseFile === undefined) return undefined;
  return textFile(passphraseFile, 'the passphrase of the authority').replace(/\r?\n$/, '');
}

function line(place: string, { endsInDays, why }: { readonly endsInDays?: number; readonly why?: string }): string {
  const end = endsInDays === undefined ? '' : `, ${endsInDays} days left`;
  return `${place}${end}${why === undefined ? '' : `: ${why}`}`;
}
