import { Failure } from '../../../core/issue';
import { LeaseHeld } from '../../failures';
import type { Lease, LeaseRequest } from '../../port';
import type { MemoryGroups } from './groups';

interface Held {
  readonly holder: string;
  readonly abort: AbortController;
}

/** Leases, one for each group; who holds one is the only member of the group. */
export class MemoryLeases {
  readonly #held = new Map<string, Held>();

  constructor(private readonly groups: MemoryGroups) {}

  take({ group, holder }: LeaseRequest): Lease {
    const other = this.#held.get(group);
    if (other !== undefined) throw new LeaseHeld(group, other.holder, other.holder === holder);
    const held: Held = { holder, abort: new AbortController() };
    this.#held.set(group, held);
    this.groups.join(group, { memberId: holder, topics: [], protocolType: 'kdk' });
    return {
      lost: held.abort.signal,
      release: async () => {
        if (this.#held.get(group) === held) this.#drop(group);
      },
    };
  }

  /** The holders lose their leases and are told so. */
  break(): void {
    for (const [group, { abort }] of this.#held) {
      this.#drop(group);
      abort.abort(
        new Failure(
          'LEASE-LOST',
          `the lease ${group} was lost, got no answer from any broker; only its holder may go on.`,
          'Run it again when the cluster answers and nobody else changes it.',
        ),
      );
    }
  }

  /** The holders are gone, and so are their leases, after the seconds that this takes. */
  expire(): void {
    for (const group of this.#held.keys()) this.#drop(group);
  }

  #drop(group: string): void {
    this.#held.delete(group);
    this.groups.leave(group);
  }
}
