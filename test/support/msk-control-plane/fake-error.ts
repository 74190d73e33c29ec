/** A refusal as the service words it: a status, the name of the exception, and a message. */
export class FakeError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly invalidParameter?: string,
  ) {
    super(message);
  }
}

export function badRequest(message: string, invalidParameter?: string): FakeError {
  return new FakeError(400, 'BadRequestException', message, invalidParameter);
}

export function notFound(message: string): FakeError {
  return new FakeError(404, 'NotFoundException', message);
}

export function throttled(): FakeError {
  return new FakeError(429, 'TooManyRequestsException', 'Too many requests.');
}
