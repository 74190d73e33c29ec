import { Failure } from '../../../core/issue';

/** The addresses without a slash at their end. Passwords in them would end up in messages and logs, so they are refused. */
export function workerUrls(urls: readonly string[]): readonly string[] {
  if (urls.length === 0) throw unusable('nothing');
  return urls.map((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined) throw unusable(JSON.stringify(text.replace(/\/\/.*@/, '//')));
    if (url.username !== '' || url.password !== '') throw unusable(`a user in the address of ${url.host}`);
    if (!/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') throw unusable(JSON.stringify(text));
    return url.href.replace(/\/+$/, '');
  });
}

function unusable(got: string): Failure {
  return new Failure(
    'CONNECT-URL',
    `The address of a Connect worker cannot be used, got ${got}; http://host:port or https://host:port, with a path where a proxy wants one, is allowed.`,
    'Give the address of the REST interface, http://worker:8083 for example; user name and password are given apart from it.',
    2,
  );
}
