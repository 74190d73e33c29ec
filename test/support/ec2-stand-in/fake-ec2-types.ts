import { createHash } from 'node:crypto';
import type { FakeType } from '../ministack/fake-resources';

/** The same properties give another id, as EC2 does. */
function id(prefix: string, logicalId: string, made: number): string {
  return `${prefix}-0${createHash('sha256').update(`${logicalId}${made}`).digest('hex').slice(0, 16)}`;
}

/** Fakes of the types of a cluster on EC2 that ministack lacks. Interfaces have addresses of the loopback network, on which nodes may listen. */
export function fakeEc2Types(): Record<string, FakeType> {
  let made = 0;
  const named =
    (prefix: string, attributes: (id: string) => Readonly<Record<string, unknown>>): FakeType =>
    ({ physicalId, logicalId = '' }) => {
      const resource = physicalId ?? id(prefix, logicalId, ++made);
      return Promise.resolve({ physicalId: resource, attributes: attributes(resource) });
    };
  return {
    'AWS::EC2::NetworkInterface': named('eni', (Id) => ({ Id, PrimaryPrivateIpAddress: `127.83.0.${made}` })),
    'AWS::EC2::Volume': named('vol', (VolumeId) => ({ VolumeId })),
    'AWS::EC2::SecurityGroupIngress': named('sgr', (Id) => ({ Id })),
    'AWS::EC2::FlowLog': named('fl', (Id) => ({ Id })),
    'AWS::DLM::LifecyclePolicy': named('policy', (Arn) => ({ Arn })),
    'AWS::SSM::Document': ({ physicalId, properties, logicalId = '' }) =>
      Promise.resolve({ physicalId: physicalId ?? String(properties['Name'] ?? id('document', logicalId, ++made)) }),
  };
}
