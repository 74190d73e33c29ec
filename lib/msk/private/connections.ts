import { Connections, Port, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { ClientAuthentication } from '../../aws/client-authentication';
import { mskPort } from './ports';

/** The default port is that of the first authentication. */
export function mskConnections(
  securityGroups: readonly ISecurityGroup[],
  authentications: readonly ClientAuthentication[],
): Connections {
  return new Connections({ securityGroups: [...securityGroups], defaultPort: Port.tcp(mskPort(authentications[0]!)) });
}
