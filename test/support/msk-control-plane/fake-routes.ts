import { type FakeCluster, type FakeAuthentication } from './fake-cluster';
import { badRequest, notFound } from './fake-error';

type Json = Record<string, unknown>;

export interface FakeRequest {
  readonly cluster: FakeCluster;
  readonly body: Json;
  readonly query: URLSearchParams;
}

/** An operation of the API: how it is asked for, and what it does to a cluster. */
interface Route {
  readonly method: string;
  /** With the ARN of a cluster, or of one of its operations, in the first group. */
  readonly path: RegExp;
  readonly answer: (request: FakeRequest, arn: string) => Json;
}

const CLUSTER = '(arn:[^/]+/[^/]+/[^/]+)';
const of = (rest: string, version = 'v1'): RegExp => new RegExp(`^/${version}/clusters/${CLUSTER}${rest}$`);

/** The operations that the fake knows, by their names in the API. */
export const FAKE_ROUTES: Readonly<Record<string, Route>> = {
  DescribeCluster: { method: 'GET', path: of(''), answer: ({ cluster }) => ({ clusterInfo: describedOld(cluster) }) },
  DescribeClusterV2: {
    method: 'GET',
    path: of('', 'api/v2'),
    answer: ({ cluster }) => ({ clusterInfo: described(cluster) }),
  },
  GetBootstrapBrokers: {
    method: 'GET',
    path: of('/bootstrap-brokers'),
    answer: ({ cluster }) => {
      // An update goes on beside; a cluster that is being made or has failed has no brokers to tell.
      if (cluster.state === 'CREATING' || cluster.state === 'FAILED')
        cluster.requireActive('get bootstrap broker nodes');
      return lowerKeys(cluster.bootstrapStrings());
    },
  },
  UpdateConnectivity: { method: 'PUT', path: of('/connectivity'), answer: updateConnectivity },
  UpdateClusterConfiguration: {
    method: 'PUT',
    path: of('/configuration'),
    answer: ({ cluster, body }) => {
      const configuration = body['configurationInfo'] as FakeCluster['configuration'];
      return started(
        cluster,
        cluster.update('UPDATE_CLUSTER_CONFIGURATION', body['currentVersion'], () => {
          if (configuration !== undefined) cluster.configuration = configuration;
        }).arn,
      );
    },
  },
  DescribeClusterOperationV2: {
    method: 'GET',
    path: /^\/api\/v2\/operations\/(arn:.+)$/,
    answer: ({ cluster }, arn) => ({ clusterOperationInfo: operation(cluster, arn) }),
  },
  ListClusterOperationsV2: {
    method: 'GET',
    path: of('/operations', 'api/v2'),
    answer: ({ cluster }) => ({
      clusterOperationInfoList: cluster.operations.map(({ arn }) => operation(cluster, arn)).reverse(),
    }),
  },
  ListScramSecrets: { method: 'GET', path: of('/scram-secrets'), answer: listScramSecrets },
  BatchAssociateScramSecret: {
    method: 'POST',
    path: of('/scram-secrets'),
    answer: ({ cluster, body }) =>
      scram(cluster, body, (arn) => {
        if (!/:secret:AmazonMSK_/.test(arn)) {
          return [
            'InvalidSecretArn',
            "The provided secret arn cannot be used with Amazon MSK. Secret names must have the prefix 'AmazonMSK_'.",
          ];
        }
        cluster.secrets.add(arn);
        return undefined;
      }),
  },
  BatchDisassociateScramSecret: {
    method: 'PATCH',
    path: of('/scram-secrets'),
    answer: ({ cluster, body }) =>
      scram(cluster, body, (arn) =>
        cluster.secrets.delete(arn)
          ? undefined
          : ['InvalidSecretArn', 'The secret is not associated with the cluster.'],
      ),
  },
  GetClusterPolicy: {
    method: 'GET',
    path: of('/policy'),
    answer: ({ cluster }) => {
      if (cluster.policy === undefined) throw notFound('The cluster has no policy.');
      return { policy: cluster.policy.text, currentVersion: cluster.policy.version };
    },
  },
  PutClusterPolicy: {
    method: 'PUT',
    path: of('/policy'),
    answer: ({ cluster, body }) => {
      if (cluster.policy !== undefined && body['currentVersion'] !== cluster.policy.version) {
        throw badRequest('Current cluster policy version needed for Update', 'currentVersion');
      }
      const version = `P${Number((cluster.policy?.version ?? 'P0').slice(1)) + 1}`;
      cluster.policy = { text: String(body['policy']), version };
      return { currentVersion: version };
    },
  },
  DeleteClusterPolicy: {
    method: 'DELETE',
    path: of('/policy'),
    answer: ({ cluster }) => {
      delete cluster.policy;
      return {};
    },
  },
};

function updateConnectivity({ cluster, body }: FakeRequest): Json {
  const info = (body['connectivityInfo'] ?? {}) as Json;
  const settings = [...Object.keys(info), ...(body['zookeeperAccess'] === undefined ? [] : ['zookeeperAccess'])];
  if (settings.length > 1) {
    throw badRequest(
      "You can't update multiple connectivity settings in the same request. Modify your request to update only NetworkType, VpcConnectivity, or PublicAccess connectivity setting, and try again.",
    );
  }
  if (cluster.type === 'SERVERLESS') throw badRequest('The operation is not supported for serverless clusters.');
  const wanted = vpcAuthentications(info);
  if (cluster.instanceType === 'kafka.t3.small' && wanted.length > 0) {
    throw badRequest('Multi-VPC connectivity is not supported for kafka.t3.small.', 'instanceType');
  }
  const off = wanted.filter((authentication) => !cluster.authentications.includes(authentication));
  if (off.length > 0)
    throw badRequest(`The authentication ${off.join(', ')} is off on the cluster.`, 'connectivityInfo');
  cluster.requireActive('update connectivity');
  if (String([...wanted].sort()) === String([...cluster.vpcAuthentications].sort())) {
    throw badRequest(
      'The specified parameter value is identical to the current value for the cluster. Specify a different value, then try again.',
      'connectivityInfo',
    );
  }
  const { arn } = cluster.update('UPDATE_CONNECTIVITY', body['currentVersion'], () => {
    cluster.vpcAuthentications = wanted;
  });
  return started(cluster, arn);
}

interface OnOff {
  readonly enabled?: boolean;
}

function vpcAuthentications(info: Json): FakeAuthentication[] {
  const { clientAuthentication: by } = (info['vpcConnectivity'] ?? {}) as {
    clientAuthentication?: { sasl?: { iam?: OnOff; scram?: OnOff }; tls?: OnOff };
  };
  const states: [FakeAuthentication, OnOff | undefined][] = [
    ['iam', by?.sasl?.iam],
    ['scram-sha-512', by?.sasl?.scram],
    ['mtls', by?.tls],
  ];
  return states.filter(([, on]) => on?.enabled === true).map(([authentication]) => authentication);
}

const on = (list: readonly FakeAuthentication[], authentication: FakeAuthentication): Json => ({
  enabled: list.includes(authentication),
});

const methods = (list: readonly FakeAuthentication[]): Json => ({
  sasl: { iam: on(list, 'iam'), scram: on(list, 'scram-sha-512') },
  tls: on(list, 'mtls'),
});

function provisioned(cluster: FakeCluster): Json {
  return {
    brokerNodeGroupInfo: {
      instanceType: cluster.instanceType,
      clientSubnets: ['subnet-1', 'subnet-2', 'subnet-3'],
      connectivityInfo: {
        publicAccess: { type: 'DISABLED' },
        vpcConnectivity: { clientAuthentication: methods(cluster.vpcAuthentications) },
      },
    },
    clientAuthentication: {
      ...methods(cluster.authentications),
      unauthenticated: on(cluster.authentications, 'none'),
    },
    ...(cluster.configuration === undefined
      ? {}
      : {
          currentBrokerSoftwareInfo: {
            configurationArn: cluster.configuration.arn,
            configurationRevision: cluster.configuration.revision,
          },
        }),
    numberOfBrokerNodes: 3,
  };
}

function identity({ arn, name, state, currentVersion }: FakeCluster): Json {
  return { clusterArn: arn, clusterName: name, state, currentVersion };
}

export function described(cluster: FakeCluster): Json {
  const { type } = cluster;
  return {
    ...identity(cluster),
    clusterType: type,
    ...(type === 'SERVERLESS'
      ? { serverless: { clientAuthentication: { sasl: { iam: { enabled: true } } }, vpcConfigs: [] } }
      : { provisioned: provisioned(cluster) }),
  };
}

function describedOld(cluster: FakeCluster): Json {
  return { ...identity(cluster), ...provisioned(cluster) };
}

function operation(cluster: FakeCluster, arn: string): Json {
  const { type, state, error, startTime } = cluster.operation(arn);
  return {
    clusterArn: cluster.arn,
    clusterType: cluster.type,
    operationArn: arn,
    operationType: type,
    operationState: state,
    startTime,
    ...(error === undefined ? {} : { errorInfo: error }),
  };
}

function started(cluster: FakeCluster, clusterOperationArn: string): Json {
  return { clusterArn: cluster.arn, clusterOperationArn };
}

function listScramSecrets({ cluster, query }: FakeRequest): Json {
  const from = Number(query.get('nextToken') ?? 0);
  const size = Number(query.get('maxResults') ?? 100);
  const all = [...cluster.secrets];
  return {
    secretArnList: all.slice(from, from + size),
    ...(from + size < all.length ? { nextToken: String(from + size) } : {}),
  };
}

function scram(
  cluster: FakeCluster,
  body: Json,
  process: (arn: string) => readonly [string, string] | undefined,
): Json {
  const arns = body['secretArnList'] as string[];
  if (arns.length > 10) throw badRequest('At most 10 secrets are allowed in a request.', 'secretArnList');
  if (!cluster.authentications.includes('scram-sha-512')) throw badRequest('SASL/SCRAM is off on the cluster.');
  cluster.requireActive('change SCRAM secrets');
  const unprocessed = arns.flatMap((secretArn) => {
    const refusal = cluster.unprocessed.get(secretArn) ?? process(secretArn);
    return refusal === undefined ? [] : [{ secretArn, errorCode: refusal[0], errorMessage: refusal[1] }];
  });
  return { clusterArn: cluster.arn, unprocessedScramSecrets: unprocessed };
}

function lowerKeys(record: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name[0]!.toLowerCase() + name.slice(1), value]),
  );
}
