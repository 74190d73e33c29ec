import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';

/** The newest runtime of Lambda for Node.js; it brings the AWS SDK. */
const RUNTIME = 'nodejs24.x';

export interface BundledFunctionProps {
  /** Folder of its handler below lib/admin/lambda; empty for the reconciler's. */
  readonly bundle: '' | 'control' | 'certificates' | 'metrics' | 'roll';
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  readonly role: CfnRole;
  readonly logs: CfnLogGroup;
  /** Where it reaches a cluster. @default nothing but AWS */
  readonly network?: { readonly subnetIds: string[]; readonly securityGroupId: string };
}

/** A function of the kit: its code is what the build bundled. */
export function bundledFunction(scope: Construct, id: string, props: BundledFunctionProps): CfnFunction {
  const { bundle, description, timeoutSeconds, memoryMiB, role, logs, network } = props;
  const code = new Asset(scope, 'Code', { path: bundleFolder(bundle) });
  return new CfnFunction(scope, id, {
    description,
    runtime: RUNTIME,
    architectures: ['arm64'],
    handler: 'index.handler',
    timeout: timeoutSeconds,
    memorySize: memoryMiB,
    role: role.attrArn,
    loggingConfig: { logGroup: logs.ref },
    ...(network === undefined
      ? {}
      : { vpcConfig: { subnetIds: network.subnetIds, securityGroupIds: [network.securityGroupId] } }),
    code: { s3Bucket: code.s3BucketName, s3Key: code.s3ObjectKey },
  });
}

/** Where the build leaves a bundle, seen from the compiled code and from the sources. */
function bundleFolder(bundle: BundledFunctionProps['bundle']): string {
  const beside = join(__dirname, '../../admin/lambda', bundle, 'asset');
  return existsSync(beside) ? beside : join(__dirname, '../../../dist/lib/admin/lambda', bundle, 'asset');
}
