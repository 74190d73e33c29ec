import type { Address } from './addresses';
import type { Links } from './links';
import { heartbeat, joinGroup, leaveGroup, syncGroup } from './messages/membership';

const PROTOCOL_TYPE = 'kdk';
const PROTOCOL = { name: 'lease', metadata: new Uint8Array(0) };
const MEMBER_ID_REQUIRED = 79;

/**
 * The coordinator takes a member for dead that was silent for so long. A broker that crashed is missed after 9 seconds, and then another
 * coordinates the group: the lease outlives that.
 */
export const SESSION_MS = 20_000;
export const HEARTBEAT_MS = 3_000;
/**
 * How long the coordinator waits for members to join again when somebody comes or goes. Longer than a session and a pause between
 * heartbeats together: so the holder always knows that it lost the lease before another can have it.
 */
const REBALANCE_MS = 30_000;

export interface Joined {
  readonly errorCode: number;
  readonly memberId: string;
  readonly generation: number;
  /** Member id of the holder. */
  readonly leader: string;
}

/** The requests of one member of a consumer group in Kafka's classic protocol, which reads nothing and is only there. */
export class LeaseMember {
  /** What others see of a member is the name of the connection that it joined by. */
  readonly #joins: Links;
  /** Apart, since an answer to a join may take long, and nothing else is answered on its connection meanwhile. */
  readonly #beats: Links;
  #coordinator: Address | undefined;

  constructor(
    private readonly group: string,
    name: string,
    links: Links,
  ) {
    this.#joins = links.named(name, REBALANCE_MS + HEARTBEAT_MS);
    this.#beats = links.named(name, HEARTBEAT_MS);
  }

  /** Where the group is coordinated from now on. */
  moveTo(coordinator: Address): void {
    this.#coordinator = coordinator;
  }

  /** Comes in, or comes in again with the id that it has. */
  async join(memberId: string): Promise<Joined> {
    const answer = await this.#joins.send(this.#coordinator!, joinGroup, {
      groupId: this.group,
      sessionTimeoutMs: SESSION_MS,
      rebalanceTimeoutMs: REBALANCE_MS,
      memberId,
      groupInstanceId: null,
      protocolType: PROTOCOL_TYPE,
      protocols: [PROTOCOL],
      reason: null,
    });
    if (answer.errorCode === MEMBER_ID_REQUIRED && memberId === '') return this.join(answer.memberId);
    const { errorCode, generationId, leader } = answer;
    return { errorCode, memberId: answer.memberId, generation: generationId, leader };
  }

  /** What the leader of a generation owes the others: their share, here of nothing. */
  async sync({ memberId, generation }: Joined): Promise<number> {
    const { errorCode } = await this.#joins.send(this.#coordinator!, syncGroup, {
      groupId: this.group,
      generationId: generation,
      memberId,
      groupInstanceId: null,
      protocolType: PROTOCOL_TYPE,
      protocolName: PROTOCOL.name,
      assignments: [],
    });
    return errorCode;
  }

  async beat({ memberId, generation }: Joined): Promise<number> {
    const { errorCode } = await this.#beats.send(this.#coordinator!, heartbeat, {
      groupId: this.group,
      generationId: generation,
      memberId,
      groupInstanceId: null,
    });
    return errorCode;
  }

  async leave(memberId: string): Promise<void> {
    await this.#beats.send(this.#coordinator!, leaveGroup, {
      groupId: this.group,
      members: [{ memberId, groupInstanceId: null, reason: null }],
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.#joins.close(), this.#beats.close()]);
  }
}
