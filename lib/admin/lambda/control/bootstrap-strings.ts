import { Failure } from '../../../core/issue';
import type { Answer } from '../cloudformation-event';
import { log } from '../log';
import type { ControlEvent } from './control-properties';
import type { Turn } from './turn';

/** A string appears a little after what it belongs to was switched on. */
const PATIENCE = 6;
/** CloudFormation takes answers of 4096 bytes; the rest of one is below this. */
const MOST_BYTES = 2_800;

/** Reads every bootstrap string of a cluster; fails where one is missing that the template reads. */
export async function bootstrapStrings(
  event: ControlEvent<'Custom::KafkaBootstrapBrokers'>,
  turn: Turn,
): Promise<Answer> {
  if (event.RequestType === 'Delete') return { status: 'SUCCESS' };
  const { Strings: wanted } = event.ResourceProperties;
  for (let look = 1; ; look++) {
    const strings = await ask(turn);
    const missing = wanted.filter((name) => strings[name] === undefined);
    if (missing.length === 0) return { status: 'SUCCESS', data: fitting(strings, wanted) };
    if (look === PATIENCE) throw notThere(missing, Object.keys(strings));
    await turn.pause(`the bootstrap string ${missing[0]}`);
  }
}

/** The service tells nothing of a cluster that is being made. */
async function ask(turn: Turn): Promise<Record<string, string>> {
  try {
    return await turn.msk.bootstrapStrings(turn.clusterArn);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'BadRequestException') throw error;
    const { state } = await turn.msk.describe(turn.clusterArn);
    if (state === 'ACTIVE') throw error;
    await turn.whenActive();
    return turn.msk.bootstrapStrings(turn.clusterArn);
  }
}

function fitting(strings: Readonly<Record<string, string>>, wanted: readonly string[]): Record<string, string> {
  const data: Record<string, string> = {};
  let bytes = 0;
  const others = Object.keys(strings).filter((name) => !wanted.includes(name));
  for (const name of [...wanted, ...others]) {
    const more = name.length + strings[name]!.length;
    if (bytes + more > MOST_BYTES && !wanted.includes(name)) {
      log(`${name} is left out: the answer would be too long, and the template does not read it`);
      continue;
    }
    data[name] = strings[name]!;
    bytes += more;
  }
  log(`read ${Object.keys(data).join(', ')}`);
  return data;
}

/** What has to be on for a string, beginning with the special ways in. */
const SWITCHES: readonly (readonly [RegExp, string])[] = [
  [/^BootstrapBrokerStringVpcConnectivity/, 'multi-VPC connectivity for that authentication (multiVpcAuthentications)'],
  [/^BootstrapBrokerStringPublic/, 'public access for that authentication'],
  [/Ipv6$/, 'dual stack (NetworkType DUAL)'],
  [/SaslScram$/, 'scram-sha-512 among the client authentications'],
  [/SaslIam$/, 'iam among the client authentications'],
  [/Tls$/, 'mtls or none among the client authentications'],
  [/^BootstrapBrokerString$/, 'none among the client authentications, and plain text'],
];

function notThere(missing: readonly string[], there: readonly string[]): Failure {
  const switches = missing.map((name) => SWITCHES.find(([pattern]) => pattern.test(name))?.[1] ?? name);
  return new Failure(
    'MSK-BOOTSTRAP-MISSING',
    `the cluster has no ${missing.join(', no ')}, got ${there.length === 0 ? 'none at all' : there.join(', ')}; what the template reads must be there.`,
    `Switch on ${[...new Set(switches)].join(', and ')}, or read another string.`,
  );
}
