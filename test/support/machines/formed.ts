import type { KafkaClient } from '../../../lib/admin';
import type { HostsLab } from './hosts-lab';
import type { LabOptions } from './lab-environment';

export interface FormedOptions {
  /** Takes the client of the administrator, as soon as there is one. */
  readonly ready: (admin: KafkaClient) => void;
  readonly options?: LabOptions;
  /** @default 900000 */
  readonly timeoutMs?: number;
}

/** Forms the cluster of a lab before the tests of a file, and ends it after them. */
export function formedBefore(lab: HostsLab, { ready, options, timeoutMs = 900_000 }: FormedOptions): void {
  let admin: KafkaClient | undefined;
  beforeAll(async () => {
    await lab.form(options);
    admin = await lab.admin();
    ready(admin);
  }, timeoutMs);
  afterAll(async () => {
    await admin?.close();
    await lab.close();
  }, 120_000);
}
