import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { unauthenticated, type LogIn } from '../../failures';
import type { SaslOptions } from '../../port';
import { kafkaErrorOf } from '../kafka-errors';
import { saslAuthenticate, saslHandshake } from './messages/cluster';
import type { Message } from './wire/message';

type Send = <Request, Answer>(message: Message<Request, Answer>, request: Request) => Promise<Answer>;

const UNSUPPORTED_MECHANISM = 33;
const ILLEGAL_STATE = 34;

/** Logs in on a new connection; returns how long the broker keeps the session, milliseconds, 0 for ever. */
export async function logIn(send: Send, server: string, sasl: SaslOptions): Promise<number> {
  const { mechanism } = sasl;
  const who: LogIn = { server, mechanism, ...('username' in sasl ? { user: sasl.username } : {}) };
  const handshake = await send(saslHandshake, { mechanism });
  if (handshake.errorCode === UNSUPPORTED_MECHANISM)
    throw unauthenticated(who, `a listener that takes ${handshake.mechanisms.join(', ') || 'no mechanism'}`);
  if (handshake.errorCode === ILLEGAL_STATE) throw unauthenticated(who, 'a listener that asks nobody who they are');
  if (handshake.errorCode !== 0) throw unauthenticated(who, kafkaErrorOf(handshake.errorCode).message);
  let lifetimeMs = 0;
  const exchange = async (text: string): Promise<string> => {
    const answer = await send(saslAuthenticate, { authBytes: Buffer.from(text) });
    if (answer.errorCode !== 0)
      throw unauthenticated(who, kafkaErrorOf(answer.errorCode, answer.errorMessage).message.replace(/\.$/, ''));
    lifetimeMs = Number(answer.sessionLifetimeMs);
    return Buffer.from(answer.authBytes).toString();
  };
  if (sasl.mechanism === 'PLAIN') await exchange(`\0${sasl.username}\0${sasl.password}`);
  else if (sasl.mechanism === 'OAUTHBEARER') await presentToken(exchange, sasl);
  else await scram(exchange, sasl, (reason) => unauthenticated(who, reason));
  return lifetimeMs;
}

type Exchange = (text: string) => Promise<string>;

/** RFC 7628. A broker that refuses the token says why in its answer, and ends the log-in when that was acknowledged. */
async function presentToken(
  exchange: Exchange,
  { token, extensions = {} }: Extract<SaslOptions, { mechanism: 'OAUTHBEARER' }>,
): Promise<void> {
  const pairs = Object.entries(extensions).map(([name, value]) => `${name}=${value}\x01`);
  const refusal = await exchange(`n,,\x01auth=Bearer ${await token()}\x01${pairs.join('')}\x01`);
  if (refusal !== '') await exchange('\x01');
}

const pbkdf2Async = promisify(pbkdf2);
/** Fewer would let who listens guess the password (RFC 7677); Kafka's own clients refuse them too. */
const MIN_ITERATIONS = 4096;

/** RFC 5802 without channel binding, as Kafka has it. The broker proves that it knows the user as well. */
async function scram(
  exchange: Exchange,
  { mechanism, username, password }: Exclude<SaslOptions, { mechanism: 'OAUTHBEARER' }>,
  failure: (reason: string) => Error,
): Promise<void> {
  const hash = mechanism === 'SCRAM-SHA-256' ? 'sha256' : 'sha512';
  const hmac = (key: Buffer, text: string): Buffer => createHmac(hash, key).update(text).digest();
  const clientNonce = randomBytes(18).toString('base64url');
  const clientFirst = `n=${username.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${clientNonce}`;
  const serverFirst = await exchange(`n,,${clientFirst}`);
  const { r: nonce = '', s: salt = '', i: iterations = '' } = attributes(serverFirst);
  if (!nonce.startsWith(clientNonce) || Number(iterations) < MIN_ITERATIONS)
    throw failure('a broker that does not keep to the protocol of SCRAM');
  const length = hash === 'sha256' ? 32 : 64;
  const salted = await pbkdf2Async(password, Buffer.from(salt, 'base64'), Number(iterations), length, hash);
  const clientKey = hmac(salted, 'Client Key');
  const clientFinal = `c=biws,r=${nonce}`;
  const whole = `${clientFirst},${serverFirst},${clientFinal}`;
  const signature = hmac(createHash(hash).update(clientKey).digest(), whole);
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ signature[index]!));
  const { v: verifier = '' } = attributes(await exchange(`${clientFinal},p=${proof.toString('base64')}`));
  const expected = hmac(hmac(salted, 'Server Key'), whole);
  const given = Buffer.from(verifier, 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw failure('a broker that does not know the password itself');
}

function attributes(text: string): Readonly<Partial<Record<string, string>>> {
  return Object.fromEntries(text.split(',').map((part) => [part.slice(0, 1), part.slice(2)]));
}
