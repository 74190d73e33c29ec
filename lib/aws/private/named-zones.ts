import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Zones are named on purpose: synth then needs no look-up, and a name is the rack of a broker. */
export function acknowledgeNamedZones(scope: IConstruct): void {
  Validations.of(scope).acknowledge({
    id: 'CloudFormation-Validate::W3010',
    reason: 'The environment names its availability zones: they are the racks of its brokers and never change.',
  });
}
