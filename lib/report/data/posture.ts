import type { EnvironmentModel } from '../../core/model';
import type { Client } from './clients';

export interface PostureLine {
  /** `look`: nothing is wrong, but somebody should know. */
  readonly state: 'good' | 'look' | 'risk';
  readonly title: string;
  readonly text: string;
}

type Judge = (model: EnvironmentModel, clients: readonly Client[]) => Omit<PostureLine, 'title'> | undefined;

const good = (text: string): Omit<PostureLine, 'title'> => ({ state: 'good', text });
const look = (text: string): Omit<PostureLine, 'title'> => ({ state: 'look', text });
const risk = (text: string): Omit<PostureLine, 'title'> => ({ state: 'risk', text });

/** What is asked of every environment, in this order. */
const QUESTIONS: readonly (readonly [title: string, judge: Judge])[] = [
  ['Clients to brokers', clientConnections],
  ['Who clients are', logIns],
  ['What clients may do', rights],
  ['Between nodes', betweenNodes],
  ['Data on disk', atRest],
  ['Passwords', passwords],
  ['Wide rights', wideRights],
  ['Who reaches the brokers', reach],
  ['Records that were acknowledged', unclean],
  ['Topics by accident', accidentalTopics],
];

/** How well an environment is guarded, a line for each question. */
export function postureLines(model: EnvironmentModel, clients: readonly Client[]): PostureLine[] {
  return QUESTIONS.flatMap(([title, judge]) => {
    const line = judge(model, clients);
    return line === undefined ? [] : [{ title, ...line }];
  });
}

function clientConnections({ listeners, target }: EnvironmentModel): ReturnType<Judge> {
  const plain = listeners.filter(({ protocol }) => !protocol.endsWith('SSL')).map(({ name }) => name);
  if (plain.length === 0) return good('Encrypted by TLS on every listener.');
  const text = `In plain text on ${list('listener', plain)}.`;
  return target === 'local' ? look(`${text} On a laptop the network is the machine itself.`) : risk(text);
}

function logIns({ listeners, target }: EnvironmentModel): ReturnType<Judge> {
  const open = listeners.filter(({ authentication }) => authentication === 'none').map(({ name }) => name);
  if (open.length === 0) {
    const ways = [...new Set(listeners.map(({ authentication }) => authentication))];
    return good(`Every listener asks: ${ways.join(', ')}.`);
  }
  const text = `Nobody is asked on ${list('listener', open)}.`;
  return target === 'local' ? look(text) : risk(text);
}

function rights({ authorization, listeners, target }: EnvironmentModel): ReturnType<Judge> {
  const free = listeners.filter(({ access }) => access === 'unrestricted').map(({ name }) => name);
  if (free.length > 0) return risk(`Whoever comes in by ${list('listener', free)} may do everything.`);
  if (authorization) return good('What nobody allowed is denied.');
  const text = 'Everybody may do everything: no listener asks who a client is.';
  return target === 'local' ? look(text) : risk(text);
}

function betweenNodes({ managedBy, internalListeners }: EnvironmentModel): ReturnType<Judge> {
  if (managedBy === 'service') return good('Encrypted by TLS, by the service.');
  const ways = new Set([internalListeners?.replication.authentication, internalListeners?.controller.authentication]);
  if (ways.has('none')) return look('Nodes do not ask each other who they are, and talk in plain text.');
  return ways.has('plain')
    ? look('Nodes know each other by a password that is made on this machine.')
    : good('Nodes know each other by their certificates, over TLS.');
}

function atRest({ target, spec }: EnvironmentModel): ReturnType<Judge> {
  switch (target) {
    case 'msk':
    case 'msk-serverless':
    case 'ec2': {
      const key = spec.aws?.kmsKey ?? 'create';
      return good(key === 'create' ? 'Encrypted under a customer key of its own.' : `Encrypted under ${key}.`);
    }
    case 'kubernetes':
      return look('Encrypted where the storage class of the volumes says so; the environment does not.');
    default:
      return look('As the disks of the machines are; the environment does not say.');
  }
}

function passwords({ principals, listeners, spec }: EnvironmentModel): ReturnType<Judge> {
  const scram = new Set(
    listeners.flatMap(({ name, authentication }) => (authentication === 'scram-sha-512' ? [name] : [])),
  );
  const users = principals.filter(({ listener }) => scram.has(listener)).flatMap((principal) => principal.users);
  const named = Object.keys(spec.secrets ?? {}).length;
  if (users.length + named === 0) return undefined;
  const rotation = spec.targets?.msk?.passwordRotation;
  const counts = [
    ...(users.length === 0 ? [] : [count(users.length, 'log-in with a password', 'log-ins with passwords')]),
    ...(named === 0 ? [] : [count(named, 'secret', 'secrets')]),
  ].join(' and ');
  return good(
    `${counts}, by reference only: no value stands in a file.${rotation === undefined ? '' : ` Passwords change every ${rotation}.`}`,
  );
}

function wideRights({ principals, authorization }: EnvironmentModel, clients: readonly Client[]): ReturnType<Judge> {
  if (!authorization) return undefined;
  const everywhere = clients.filter(({ writes, reads }) => [...writes, ...reads].includes('*')).map(({ name }) => name);
  const overCluster = principals
    .filter(({ acls }) => acls.some(({ cluster, permission }) => cluster && permission === 'allow'))
    .map(({ name }) => name);
  if (everywhere.length + overCluster.length === 0) return good('Nobody has rights on every topic, or on the cluster.');
  return look(
    [
      ...(everywhere.length === 0 ? [] : [`On every topic: ${everywhere.join(', ')}.`]),
      ...(overCluster.length === 0 ? [] : [`On the cluster: ${overCluster.join(', ')}.`]),
    ].join(' '),
  );
}

function reach({ target, spec, listeners }: EnvironmentModel): ReturnType<Judge> {
  if (target === 'kubernetes') {
    const outside = listeners.filter(({ external }) => external !== undefined).map(({ name }) => name);
    return outside.length === 0
      ? good('Only pods of the same Kubernetes cluster.')
      : look(`From outside the Kubernetes cluster by ${list('listener', outside)}.`);
  }
  if (target !== 'msk' && target !== 'msk-serverless' && target !== 'ec2') return undefined;
  const clients = (spec.aws?.clients ?? []).flatMap(({ securityGroup, cidr }) => [securityGroup, cidr]);
  const named = clients.filter((client) => client !== undefined);
  if (named.includes('0.0.0.0/0')) return risk('Every address: 0.0.0.0/0 stands among the clients.');
  const shared = spec.targets?.msk?.sharedWith ?? [];
  const others = shared.length === 0 ? '' : ` Accounts that may connect their VPCs: ${shared.join(', ')}.`;
  return good(`${named.length === 0 ? 'Nobody but whom a stack lets in.' : `${named.join(', ')}.`}${others}`);
}

function unclean({ brokerConfig }: EnvironmentModel): ReturnType<Judge> {
  return brokerConfig.get('unclean.leader.election.enable')?.value === 'true'
    ? risk('Unclean leaders are allowed: records may be lost after they were acknowledged.')
    : good('No unclean leader: a partition waits for one that has them all.');
}

function accidentalTopics({ brokerConfig, target }: EnvironmentModel): ReturnType<Judge> {
  if (target === 'msk-serverless') return undefined;
  return brokerConfig.get('auto.create.topics.enable')?.value === 'true'
    ? look('Clients make topics by naming them, with the defaults of the brokers.')
    : good('A mistyped name fails; it does not make a topic.');
}

function list(noun: string, names: readonly string[]): string {
  return `${noun}${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}
