/** The time of this invocation is over, that of the stack is not: Lambda is to hand the event in again. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';

  constructor(done: number, total: number) {
    super(`${done} of ${total} changes are done; the next invocation goes on from there`);
  }
}
