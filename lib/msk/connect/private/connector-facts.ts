import { Token } from 'aws-cdk-lib/core';
import { ClientAuthentication } from '../../../aws/client-authentication';
import type { PropertyProblem } from '../../../aws/private/construct-failure';
import { capacityProblems, connectorConfigProblems, type ConnectorCapacity } from '../../../core/msk-connect';

export interface ConnectorFacts {
  readonly connectorName: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretOptions: readonly string[];
  readonly capacity: ConnectorCapacity;
  /** How the clients of the cluster prove who they are. */
  readonly clusterAuthentications: readonly ClientAuthentication[];
  readonly authentication: ClientAuthentication | undefined;
  readonly ownRole: boolean;
  readonly mayTouchTopics: boolean;
  readonly readsSecrets: boolean;
  /** A worker configuration, and options of the workers beside it. */
  readonly saysWorkersTwice: boolean;
  readonly subnetIds: readonly string[] | undefined;
}

/** IAM where the cluster has it, else none, where the cluster has that. */
export function connectorAuthentication(of: readonly ClientAuthentication[]): ClientAuthentication | undefined {
  return [ClientAuthentication.IAM, ClientAuthentication.NONE].find((known) => of.includes(known));
}

/** What MSK Connect would refuse, or would find out when the connector starts. */
export function connectorProblems(facts: ConnectorFacts): PropertyProblem[] {
  return [
    ...nameProblems(facts.connectorName),
    ...connectorConfigProblems(facts.config, facts.capacity),
    ...capacityProblems(facts.capacity).map(({ property, ...text }) => ({ property: `capacity.${property}`, ...text })),
    ...authenticationProblems(facts),
    ...secretProblems(facts),
    ...(facts.saysWorkersTwice
      ? [
          {
            property: 'workerProperties',
            message:
              'the options of the workers are said twice, got workerConfiguration and workerProperties; one of them is allowed.',
            hint: 'Put the options into the worker configuration.',
          },
        ]
      : []),
    ...networkProblems(facts.subnetIds),
  ];
}

function nameProblems(name: string): PropertyProblem[] {
  if (Token.isUnresolved(name)) {
    return [
      {
        property: 'connectorName',
        message:
          'the name is known only while deploying, got a token; a literal is needed, since topics and groups of the connector carry the name.',
        hint: 'Give the name itself.',
      },
    ];
  }
  if (/^[a-zA-Z0-9._-]{1,128}$/.test(name)) return [];
  return [
    {
      property: 'connectorName',
      message: `not a name for a connector, got ${JSON.stringify(name)}; up to 128 letters, digits, dots, dashes and underscores are allowed, since a topic carries the name.`,
      hint: 'Choose another name.',
    },
  ];
}

function authenticationProblems(facts: ConnectorFacts): PropertyProblem[] {
  const { authentication, clusterAuthentications, ownRole, mayTouchTopics } = facts;
  const has = clusterAuthentications.join(', ');
  if (authentication === undefined || connectorAuthentication([authentication]) === undefined) {
    return [
      {
        property: 'authentication',
        message: `MSK Connect logs in with iam or not at all, got ${authentication ?? `a cluster with ${has}`}; iam and none are allowed.`,
        hint: 'Add iam to clientAuthentications of the cluster, or run the connectors on workers of your own (connect.runtime: { environment: NAME }).',
      },
    ];
  }
  if (!clusterAuthentications.includes(authentication)) {
    return [
      {
        property: 'authentication',
        message: `the cluster has no listener with this authentication, got ${authentication}; it has ${has}.`,
        hint: `Add ${authentication} to clientAuthentications of the cluster.`,
      },
    ];
  }
  if (authentication !== ClientAuthentication.IAM || mayTouchTopics || !ownRole) return [];
  return [
    {
      property: 'produce',
      message: 'the connector may touch no topic, got neither produce nor consume; one of them is needed with iam.',
      hint: 'Name the topics that a source writes (produce) or a sink reads (consume).',
    },
  ];
}

function secretProblems({ config, secretOptions, readsSecrets }: ConnectorFacts): PropertyProblem[] {
  const problems = secretOptions
    .filter((option) => config[option] !== undefined)
    .map((option) => ({
      property: `secrets[${JSON.stringify(option)}]`,
      message: `the option is said twice, got ${option} under configuration and under secrets; one of them is allowed.`,
      hint: 'Remove it from configuration.',
    }));
  if (secretOptions.length > 0 && !readsSecrets) {
    problems.push({
      property: 'secrets',
      message: `the workers look up no secrets, got ${secretOptions.join(', ')} and a worker configuration without a provider; one that reads secrets is needed.`,
      hint: 'Give the worker configuration readsSecrets: true, or leave it out.',
    });
  }
  return problems;
}

function networkProblems(subnetIds: readonly string[] | undefined): PropertyProblem[] {
  if (subnetIds !== undefined && subnetIds.length > 0) return [];
  return [
    {
      property: 'network',
      message: `the workers have no subnets to run in, got ${subnetIds === undefined ? 'an imported cluster whose network is not known' : 'none'}; the subnets of the brokers, or others that reach them, are needed.`,
      hint: 'Give network to the connector, or to fromClusterAttributes.',
    },
  ];
}
