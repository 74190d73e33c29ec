import { Failure } from '../../../core/issue';

/** The clients of the AWS SDK that the kit uses, by package. */
interface Sdk {
  '@aws-sdk/credential-provider-node': typeof import('@aws-sdk/credential-provider-node');
  '@smithy/signature-v4': typeof import('@smithy/signature-v4');
  '@aws-sdk/client-auto-scaling': typeof import('@aws-sdk/client-auto-scaling');
  '@aws-sdk/client-cloudformation': typeof import('@aws-sdk/client-cloudformation');
  '@aws-sdk/client-kafka': typeof import('@aws-sdk/client-kafka');
  '@aws-sdk/client-s3': typeof import('@aws-sdk/client-s3');
  '@aws-sdk/client-secrets-manager': typeof import('@aws-sdk/client-secrets-manager');
  '@aws-sdk/client-ssm': typeof import('@aws-sdk/client-ssm');
}

/** Loaded when needed: only environments on AWS need it, and AWS Lambda brings its own. `instead` is what to do without. */
export function loadSdk<Name extends keyof Sdk>(name: Name, instead: string): Sdk[Name] {
  // The SDK announces the end of old Node.js versions on standard error; that is for who chooses the version, not for who looks at a cluster.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  try {
    return load(name) as Sdk[Name];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Failure(
      'LIBRARY-MISSING',
      `a library that asks AWS is not installed, got none of the name ${name}; it must be in node_modules.`,
      `Run npm install ${name}${instead === '' ? '' : `, or ${instead}`}.`,
    );
  }
}

/** Each by a literal name, so that bundlers see them. */
function load(name: keyof Sdk): unknown {
  switch (name) {
    case '@aws-sdk/credential-provider-node':
      return require('@aws-sdk/credential-provider-node');
    case '@smithy/signature-v4':
      return require('@smithy/signature-v4');
    case '@aws-sdk/client-auto-scaling':
      return require('@aws-sdk/client-auto-scaling');
    case '@aws-sdk/client-cloudformation':
      return require('@aws-sdk/client-cloudformation');
    case '@aws-sdk/client-kafka':
      return require('@aws-sdk/client-kafka');
    case '@aws-sdk/client-s3':
      return require('@aws-sdk/client-s3');
    case '@aws-sdk/client-secrets-manager':
      return require('@aws-sdk/client-secrets-manager');
    case '@aws-sdk/client-ssm':
      return require('@aws-sdk/client-ssm');
  }
}
