import { KAFKA_RELEASES, type KafkaRelease } from '../versions';
import type { MskBrokerType } from './broker-sizes';

/** The day that the catalogue of versions was read. */
export const VERSIONS_READ_ON = '2026-11-22';

/**
 * End of support by Apache Kafka version, where the service published one. Past it, brokers are upgraded by the service, without notice.
 * Source: https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html
 */
const END_OF_SUPPORT: Readonly<Record<string, string>> = {
  '3.5': '2025-10-23',
  '3.6': '2026-06-01',
  '3.7': '2026-09-01',
};

/** The service's own name of the version; undefined where it does not offer it for these brokers. */
export function mskVersion(release: KafkaRelease, brokerType: MskBrokerType): string | undefined {
  return brokerType === 'express' ? release.mskExpress : release.msk;
}

/** Versions that the service offers for these brokers, oldest first. */
export function offeredVersions(brokerType: MskBrokerType): string[] {
  return KAFKA_RELEASES.filter((release) => mskVersion(release, brokerType) !== undefined).map(
    ({ version }) => version,
  );
}

/** When support ended, where that was before the catalogue was read; no clock decides. */
export function supportEnded(version: string): string | undefined {
  const end = END_OF_SUPPORT[version];
  return end !== undefined && end <= VERSIONS_READ_ON ? end : undefined;
}
