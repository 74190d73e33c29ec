import { Lazy, RemovalPolicy, Stack, CfnResource } from 'aws-cdk-lib/core';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { bundledFunction } from '../../aws/private/bundled-function';
import { reviewed, reviewedWildcards } from '../../aws/private/reviewed';
import { trustOf } from '../../aws/private/statements';
import { adminCommonName, nodeCommonName } from '../../core/config';
import type { EnvironmentModel } from '../../core/model';
import { decryptStatement, secretsNamed } from './secret-resource';

export interface ClusterCertificatesProps {
  readonly model: EnvironmentModel;
  readonly keyArn: string;
  readonly administratorSecretArn: string;
  /** Secret of each node, by the name that it is reached by. */
  readonly nodes: readonly { readonly host: string; readonly secretArn: string }[];
}

interface WantedCertificate {
  readonly SecretArn: string;
  readonly Layout: 'node' | 'client';
  readonly CommonName: string;
  readonly DnsNames?: readonly string[];
}

/**
 * The authority of a cluster, kept by a function of the stack: it issues the certificates of nodes, of the administrator and of clients into
 * their secrets when the stack is deployed, and looks every day whether one is to be renewed. Keys are in secrets alone.
 */
export class ClusterCertificates extends Construct {
  /** Certificate of the authority, PEM. */
  public readonly authority: string;
  private readonly resource: CfnResource;
  private readonly clients = new Map<string, { readonly commonName: string; readonly secretArn: string }>();

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterCertificatesProps,
  ) {
    super(scope, id);
    const { model } = props;
    const secret = this.secret('Authority', {
      name: 'authority',
      description: `Authority of the Kafka cluster ${model.name}, with its key`,
    });
    const { functionArn, role } = this.makeFunction();
    const place = { Environment: model.name, Region: Stack.of(this).region, AuthoritySecretArn: secret.attrId };
    this.resource = new CfnResource(this, 'Resource', {
      type: 'Custom::KafkaCertificates',
      properties: {
        ServiceToken: functionArn,
        ServiceTimeout: 900,
        ...place,
        Certificates: Lazy.any({ produce: () => this.wanted() }),
      },
    });
    this.resource.node.addDependency(role);
    this.authority = this.resource.getAtt('CertificateAuthority').toString();
    const rule = new CfnRule(this, 'Daily', {
      description: `Renews certificates of the Kafka cluster ${model.name}`,
      scheduleExpression: 'rate(1 day)',
      targets: [{ id: 'Renewal', arn: functionArn, input: Stack.of(this).toJsonString({ Renew: place }) }],
    });
    new CfnPermission(this, 'MayRenew', {
      action: 'lambda:InvokeFunction',
      functionName: functionArn,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
    new CfnParameter(this, 'AuthorityParameter', {
      name: `/kafka/${model.name}/ca.crt`,
      description: `Certificate of the authority that nodes of the Kafka cluster ${model.name} have theirs of; clients trust it`,
      type: 'String',
      value: this.authority,
    });
  }

  /** ARN of the secret with the certificate of a client, which is issued when it is asked for first. */
  public clientSecretArn(name: string, commonName: string): string {
    let client = this.clients.get(name);
    if (client === undefined) {
      const secret = this.secret(`Client-${name}`, {
        name: `clients/${name}`,
        description: `Certificate of the client ${name}: a JSON object with the keys certificate, key and ca.crt`,
      });
      client = { commonName, secretArn: secret.attrId };
      this.clients.set(name, client);
    }
    return client.secretArn;
  }

  private wanted(): WantedCertificate[] {
    const { model, nodes, administratorSecretArn } = this.props;
    return [
      { SecretArn: administratorSecretArn, Layout: 'client', CommonName: adminCommonName(model) },
      ...nodes.map(({ host, secretArn }): WantedCertificate => ({
        SecretArn: secretArn,
        Layout: 'node',
        CommonName: nodeCommonName(model),
        DnsNames: [host],
      })),
      ...[...this.clients.values()].map(({ commonName, secretArn }): WantedCertificate => ({
        SecretArn: secretArn,
        Layout: 'client',
        CommonName: commonName,
      })),
    ];
  }

  private secret(
    id: string,
    { name, description }: { readonly name: string; readonly description: string },
  ): CfnSecret {
    const { model, keyArn } = this.props;
    const secret = new CfnSecret(this, id, { name: `kafka/${model.name}/${name}`, description, kmsKeyId: keyArn });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    reviewed(secret, { SMG4: 'The function of the authority renews what is in it.' });
    return secret;
  }

  private makeFunction(): { readonly functionArn: string; readonly role: CfnRole } {
    const { model, keyArn } = this.props;
    const logGroup = new CfnLogGroup(this, 'Logs', { retentionInDays: 90 });
    const pattern = (name: string): string => secretsNamed(this, `kafka/${model.name}/${name}`);
    const decrypt = decryptStatement(this, keyArn, false);
    const policyDocument = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [logGroup.attrArn] },
        {
          Effect: 'Allow',
          Action: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
          // Not those of users, which lie beside them.
          Resource: ['authority-*', 'administrator-*', 'clients/*', ...model.pools.map(({ name }) => `${name}-*`)].map(
            pattern,
          ),
        },
        {
          Effect: 'Allow',
          Action: [...decrypt.actions, 'kms:GenerateDataKey'],
          Resource: decrypt.resources,
          Condition: decrypt.condition,
        },
        // Whether an update is a rollback, which must not fail.
        { Effect: 'Allow', Action: ['cloudformation:DescribeStacks'], Resource: [Stack.of(this).stackId] },
      ],
    };
    const role = new CfnRole(this, 'Role', {
      description: `Issues certificates of the Kafka cluster ${model.name}`,
      assumeRolePolicyDocument: trustOf('lambda'),
      policies: [{ policyName: 'certificates', policyDocument }],
    });
    reviewedWildcards(role, policyDocument, 'Secrets end in six characters that nobody knows before they are made.');
    const issuing = bundledFunction(this, 'Function', {
      bundle: 'certificates',
      description: `Authority of the Kafka cluster ${model.name}`,
      timeoutSeconds: 300,
      memoryMiB: 512,
      role: role,
      logs: logGroup,
    });
    return { functionArn: issuing.attrArn, role };
  }
}
