import { Failure } from '../../../core/issue';
import { LeaseHeld } from '../../failures';
import type { GroupPort, Lease, LeasePort, LeaseRequest } from '../../port';
import { askCoordinators, isMoving } from './coordinators';
import { kafkaError, refuse } from './errors';
import { HEARTBEAT_MS, LeaseMember, SESSION_MS, type Joined } from './lease-member';
import type { Session } from './session';

const REBALANCE_IN_PROGRESS = 27;
const LONGEST_NAME = 200;

/** The lease is leadership of a consumer group: the coordinator gives it to one member at a time and takes it from silent ones. */
export function leaseRequests(session: Session, groups: Pick<GroupPort, 'describeGroups'>): LeasePort {
  return {
    async takeLease({ group, holder }) {
      const [described] = await groups.describeGroups([group]);
      const [present] = described?.members ?? [];
      const heldBy = (name: string): LeaseHeld => new LeaseHeld(group, name, name === clientName(holder));
      if (present !== undefined) throw heldBy(present.clientId);
      const member = new LeaseMember(group, clientName(holder), session.links);
      try {
        const joined = await joinFirst(session, member, group);
        if (joined.leader !== joined.memberId) {
          await member.leave(joined.memberId).catch(() => undefined);
          throw heldBy(holderIn(joined.leader));
        }
        const contactAt = Date.now();
        // The other of two that came at once may leave right now; the first heartbeat tells.
        const errorCode = await member.sync(joined);
        if (errorCode !== REBALANCE_IN_PROGRESS) refuse({ errorCode }, refusal(group));
        return new HeldLease(session, { group, holder }, { member, joined, contactAt });
      } catch (error) {
        await member.close();
        throw error;
      }
    },
  };
}

async function joinFirst(session: Session, member: LeaseMember, group: string): Promise<Joined> {
  const answers = await askCoordinators<Joined>(session, {
    type: 'group',
    keys: [group],
    ask: async (broker) => {
      member.moveTo(await session.addressOf(broker));
      return new Map([[group, await member.join('')]]);
    },
  });
  const answer = answers.get(group)!;
  refuse(answer, refusal(group));
  return answer as Joined;
}

function refusal(group: string) {
  return { what: `give the lease ${group}`, right: `READ on group ${group}` };
}

/** What a client may be called without trouble for those who read logs and metrics. */
function clientName(holder: string): string {
  return holder.replace(/[^ -~]|["\\]/g, '_').slice(0, LONGEST_NAME);
}

/** The coordinator makes ids of members from the name and 36 characters more. */
function holderIn(memberId: string): string {
  return memberId.slice(0, -37);
}

class HeldLease implements Lease {
  readonly #lost = new AbortController();
  readonly #member: LeaseMember;
  readonly #takeBack: () => void;
  readonly #heartbeats: NodeJS.Timeout;
  #watchdog: NodeJS.Timeout | undefined;
  #joined: Joined;
  #state: 'held' | 'over' = 'held';
  #beating = false;
  #joining = false;

  constructor(
    private readonly session: Session,
    private readonly request: LeaseRequest,
    start: { readonly member: LeaseMember; readonly joined: Joined; readonly contactAt: number },
  ) {
    this.#member = start.member;
    this.#joined = start.joined;
    this.#takeBack = session.beforeClose(() => this.release());
    this.#heartbeats = setInterval(() => void this.#beat(), HEARTBEAT_MS);
    this.#heardAt(start.contactAt);
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async release(): Promise<void> {
    if (this.#state === 'over') return;
    this.#end();
    await this.#member.leave(this.#joined.memberId).catch(() => undefined);
    await this.#member.close();
  }

  async #beat(): Promise<void> {
    if (this.#beating) return;
    this.#beating = true;
    const joined = this.#joined;
    const sentAt = Date.now();
    try {
      const errorCode = await this.#member.beat(joined);
      if (errorCode === 0 || errorCode === REBALANCE_IN_PROGRESS) this.#heardAt(sentAt);
      if (errorCode === REBALANCE_IN_PROGRESS) void this.#joinAgain();
      else if (isMoving({ errorCode })) await this.#follow();
      // A heartbeat of the generation before says nothing.
      else if (errorCode !== 0 && joined === this.#joined && !this.#joining)
        this.#lose(kafkaError({ errorCode })!.name);
    } catch {
      await this.#follow();
    } finally {
      this.#beating = false;
    }
  }

  /** Somebody came or went. Who leads goes on leading, unless it stays away. */
  async #joinAgain(): Promise<void> {
    if (this.#joining) return;
    this.#joining = true;
    try {
      const joined = await this.#member.join(this.#joined.memberId);
      const { errorCode, leader, memberId } = joined;
      if (errorCode === REBALANCE_IN_PROGRESS || isMoving({ errorCode })) return;
      if (errorCode !== 0) return this.#lose(kafkaError({ errorCode })!.name);
      if (leader !== memberId) return this.#lose(`${holderIn(leader)} as its holder`);
      this.#joined = joined;
      await this.#member.sync(joined);
    } catch {
      // Heartbeats go on meanwhile, and tell when it is to be tried again or is over.
    } finally {
      this.#joining = false;
    }
  }

  /** The coordinator is gone, or another; where it is known in time, nothing is lost. */
  async #follow(): Promise<void> {
    try {
      await askCoordinators(this.session, {
        type: 'group',
        keys: [this.request.group],
        ask: async (broker) => {
          this.#member.moveTo(await this.session.addressOf(broker));
          return new Map([[this.request.group, { errorCode: 0 }]]);
        },
      });
    } catch {
      // The watchdog decides.
    }
  }

  #heardAt(sentAt: number): void {
    if (this.#state === 'over') return;
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#lose('no answer from any broker'), sentAt + SESSION_MS - Date.now());
  }

  #lose(reason: string): void {
    if (this.#state === 'over') return;
    this.#end();
    this.#lost.abort(
      new Failure(
        'LEASE-LOST',
        `the lease ${this.request.group} was lost, got ${reason}; only its holder may go on.`,
        'Run it again when the cluster answers and nobody else changes it.',
      ),
    );
    void this.#member
      .leave(this.#joined.memberId)
      .catch(() => undefined)
      .then(() => this.#member.close());
  }

  #end(): void {
    this.#state = 'over';
    clearInterval(this.#heartbeats);
    clearTimeout(this.#watchdog);
    this.#takeBack();
  }
}
