import type { ClientPod } from './client-pod';
import { within } from './kubectl';

/** What one broker said of the partitions that it leads, at one moment. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly broker: string;
  readonly underMinIsr: number;
  readonly underReplicated: number;
}

const METRICS = [
  'kafka_server_replicamanager_underminisrpartitioncount',
  'kafka_server_replicamanager_underreplicatedpartitions',
] as const;

/** Asks every broker each second, over the network as Prometheus does, from a pod that lives through everything. */
const SCRIPT = `
ask() {
  local line min= under= at=\${EPOCHREALTIME/[.,]/}
  exec 3<>/dev/tcp/$2/9404 || return
  printf 'GET /metrics?name[]=${METRICS[0]}&name[]=${METRICS[1]} HTTP/1.0\\r\\nHost: x\\r\\n\\r\\n' >&3
  while IFS= read -r line; do
    case $line in
      ${METRICS[0]}' '*) min=\${line##* } ;;
      ${METRICS[1]}' '*) under=\${line##* } ;;
    esac
  done <&3
  [ -z "$min" ] || printf '%s %s %s %s\\n' "\${at%???}" "$1" "\${min%.*}" "\${under%.*}"
}
if [ "$1" = --one ]; then ask "$2" "$3"; exit; fi
while :; do
  for host in "$@"; do timeout 2 bash "$0" --one "\${host%%.*}" "$host" 2>/dev/null & done
  sleep 1
done
`;

/** Begins to sample; what was seen is read by `stop`. */
export class Sampler {
  static #runs = 0;

  static async start(client: ClientPod): Promise<Sampler> {
    const sampler = new Sampler(client, `/tmp/samples-${++Sampler.#runs}`);
    const script = Buffer.from(SCRIPT).toString('base64');
    const hosts = client.brokers.map((broker) => client.host(broker)).join(' ');
    await client.shell(
      `echo ${script} | base64 -d > ${sampler.file}.sh; bash ${sampler.file}.sh ${hosts} > ${sampler.file} 2>/dev/null < /dev/null & echo $! > ${sampler.file}.pid`,
    );
    await within(60, async () => {
      const seen = new Set((await sampler.samples()).map(({ broker }) => broker));
      if (seen.size < client.brokers.length)
        throw new Error(`metrics come from ${[...seen].join(', ') || 'no broker'}`);
    });
    return sampler;
  }

  private constructor(
    private readonly client: ClientPod,
    private readonly file: string,
  ) {}

  async samples(): Promise<Sample[]> {
    const text = await this.client.shell(`cat ${this.file}`);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [at, broker, underMinIsr, underReplicated] = line.split(' ');
        return {
          at: Number(at),
          broker: broker!,
          underMinIsr: Number(underMinIsr),
          underReplicated: Number(underReplicated),
        };
      });
  }

  async stop(): Promise<Sample[]> {
    await this.client.shell(`kill $(cat ${this.file}.pid)`);
    return this.samples();
  }
}

/** The last thing that each broker said before a moment, if it was not long before. */
export function lastBefore(samples: readonly Sample[], at: number, milliseconds = 5000): Sample[] {
  const last = new Map<string, Sample>();
  for (const sample of samples) {
    if (sample.at < at && at - sample.at <= milliseconds) last.set(sample.broker, sample);
  }
  return [...last.values()];
}
