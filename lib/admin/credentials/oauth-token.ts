import { Failure } from '../../core/issue';

export interface TokenRequest {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
  /** Whether id and secret are encoded as form fields first, as RFC 6749 has it; Kafka's own clients do not unless told to. */
  readonly header: 'plain' | 'encoded';
}

const TIMEOUT_MS = 10_000;

/** A token for a client, by its id and secret (RFC 6749, 4.4). */
export async function clientCredentialsToken({
  url,
  clientId,
  clientSecret,
  scope,
  header,
}: TokenRequest): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) });
  const parts = [clientId, clientSecret];
  const secret = (header === 'encoded' ? parts.map(encodeURIComponent) : parts).join(':');
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(secret).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: body.toString(),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
    throw noToken(url, cause?.code ?? (error as Error).message);
  }
  const token = answer.ok
    ? ((await answer.json().catch(() => ({}))) as { access_token?: unknown }).access_token
    : undefined;
  if (typeof token === 'string' && token !== '') return token;
  throw noToken(url, answer.ok ? 'an answer without access_token' : `status ${answer.status}`);
}

function noToken(url: string, got: string): Failure {
  return new Failure(
    'OAUTH-TOKEN',
    `the token endpoint ${url} gave no token, got ${got}; a client with id and secret that it knows is needed.`,
    'Check the endpoint, the client id and its secret.',
    3,
  );
}
