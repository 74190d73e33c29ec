import type { TargetName } from '../../spec';
import { ec2 } from './ec2';
import { hosts } from './hosts';
import { kubernetes } from './kubernetes';
import { local } from './local';
import { msk, mskServerless } from './msk';
import type { Target } from './target';

export const TARGET_ADAPTERS: Readonly<Record<TargetName, Target>> = {
  msk,
  'msk-serverless': mskServerless,
  ec2,
  kubernetes,
  hosts,
  local,
};

export { ec2DnsZone } from './ec2';
export { HOST_PLACEHOLDERS, NODE_IP, TLS_ROUTE_PORT, unknownPlaceholders } from './kubernetes-external';
export {
  certificateSource,
  headlessServiceName,
  podDomain,
  rackSource,
  statefulSetName,
  ZONE_STRIDE,
  type CertificateSource,
  type RackSource,
} from './kubernetes';
export type { PlacedNode, Placement, Target } from './target';
