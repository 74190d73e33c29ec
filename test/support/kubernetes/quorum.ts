import type { ClientPod } from './client-pod';
import { LAB } from './lab-environment';

export interface Voter {
  readonly id: number;
  readonly directoryId: string;
}

export interface Quorum {
  /** Absent where there is no leader. */
  readonly leader: number | undefined;
  readonly voters: readonly Voter[];
}

/** What the brokers hear from the controllers; throws where no controller leads. */
export async function quorumOf(client: ClientPod): Promise<Quorum> {
  const status = await client.admin('org.apache.kafka.tools.MetadataQuorumCommand', ['describe', '--status'], 60);
  const leader = Number(/LeaderId:\s+(-?\d+)/.exec(status)?.[1] ?? -1);
  const voters = [...(/CurrentVoters:(.*)/.exec(status)?.[1] ?? '').matchAll(/"id": (\d+), "directoryId": "([^"]+)"/g)];
  return {
    leader: leader < 0 ? undefined : leader,
    voters: voters.map(([, id, directoryId]) => ({ id: Number(id), directoryId: directoryId! })),
  };
}

/** The states of controllers by pod, as their metrics say them: leader, follower, candidate, prospective, observer, unattached. */
export async function quorumStates(client: ClientPod, pods: readonly string[]): Promise<Record<string, string>> {
  const lines = await client.shell(
    pods
      .map(
        (pod) =>
          `printf '%s %s\\n' ${pod} "$(timeout 3 bash -c 'exec 3<>/dev/tcp/${pod}.${LAB}-nodes/9404; printf "GET /metrics?name[]=kafka_server_raft_metrics_current_state HTTP/1.0\\r\\n\\r\\n" >&3; cat <&3' 2>/dev/null | sed -n 's/.*state="\\([a-z-]*\\)".*/\\1/p')"`,
      )
      .join('; '),
  );
  return Object.fromEntries(
    lines
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string])
      .map(([pod, state]) => [pod, state === undefined || state === '' ? 'silent' : state]),
  );
}
