import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import type { AccessIntent } from '../../aws/kafka-grants';
import { grantSecretRead } from '../../aws/private/client-secret';
import { refuse, type PropertyProblem } from '../../aws/private/construct-failure';
import type { DeclaredState } from '../../aws/private/declared-state';
import { literalProblems } from '../../aws/private/literals';
import type { EnvironmentModel } from '../../core/model';
import { Ec2KafkaClient } from '../ec2-kafka-client';
import type { ClusterCertificates } from './cluster-certificates';
import type { ClusterUsers } from './cluster-users';

export interface ClusterOfRights {
  readonly construct: IConstruct;
  readonly model: EnvironmentModel;
  readonly keyArn: string;
  readonly users: ClusterUsers;
  /** Absent where others make the certificates. */
  readonly certificates?: ClusterCertificates;
  readonly declared: () => DeclaredState;
}

const LONGEST_NAME = 100;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Rights on a self-managed cluster: ACLs, which the reconciler makes. An AWS identity gets a user with a password for it, whose secret it may
 * read; brokers know nothing of AWS.
 */
export class ClusterRights {
  /** ARNs of the secrets of clients that something was granted to, by name. */
  private readonly secrets = new Map<string, string>();
  private readonly kinds = new Map<string, Ec2KafkaClient['_authentication']>();

  public constructor(private readonly cluster: ClusterOfRights) {}

  public grant(grantee: IGrantable, intent: AccessIntent): Grant {
    const { model, users, certificates, keyArn } = this.cluster;
    const client = grantee instanceof Ec2KafkaClient ? grantee : Ec2KafkaClient.user(this.userNameOf(grantee));
    this.requireName(client.clientName);
    const listener = model.listeners.find(({ authentication }) => authentication === client._authentication);
    if (listener === undefined) {
      this.refuse({
        property: 'grants',
        message: `${client.clientName} could not log in, got a cluster with ${authenticationsOf(model)}; ${client._authentication} is needed.`,
        hint: `Add ${client._authentication} to clientAuthentications.`,
      });
    }
    const { clientName } = client;
    this.requireOneKind(client);
    this.cluster.declared().addRights(clientName, { listener: listener!.name }, intent);
    const secretArn =
      client._authentication === 'scram-sha-512'
        ? users.secretArn(clientName)
        : client._authentication === 'mtls'
          ? certificates?.clientSecretArn(clientName, clientName)
          : undefined;
    if (secretArn !== undefined) this.secrets.set(clientName, secretArn);
    if (grantee === client) return Grant.drop(grantee, 'by ACLs');
    return this.allowRead(grantee, secretArn!, keyArn);
  }

  /** Lets a role read the secret of a client that something was granted to. */
  public grantRead(client: IGrantable, reader: IGrantable): Grant {
    return this.allowRead(reader, this.secretArn(client), this.cluster.keyArn);
  }

  /** ARN of the secret of a client that something was granted to. */
  public secretArn(client: IGrantable): string {
    const name = client instanceof Ec2KafkaClient ? client.clientName : this.userNameOf(client);
    const arn = this.secrets.get(name);
    if (arn === undefined) {
      this.refuse({
        property: 'clientSecretArn',
        message: `the client has no secret here, got ${name}; one with a password or a certificate that something was granted to is allowed.`,
        hint: 'Ask after grants.produce or grants.consume.',
      });
    }
    return arn!;
  }

  /** Of the construct that the rights are for: `Shop.Checkout` for the role of the function `Checkout` in the stack `Shop`. */
  public userNameOf(grantee: IGrantable): string {
    const principal = grantee.grantPrincipal as unknown;
    if (!Construct.isConstruct(principal)) {
      this.refuse({
        property: 'grants',
        message: `nothing here can read the password of a user, got ${String(grantee.grantPrincipal)}; a role, a user, or what has a role of its own is allowed.`,
        hint: 'Use Role.fromRoleArn for one that is there, or Ec2KafkaClient for a client outside of AWS.',
      });
    }
    const path = (principal as unknown as IConstruct).node.path.replace(/\/(ServiceRole|Resource)$/, '');
    const name = path.replace(/[^A-Za-z0-9._/-]/g, '_').replaceAll('/', '.');
    if (name.length > LONGEST_NAME) {
      this.refuse({
        property: 'grants',
        message: `the name of the user would be too long, got ${name.length} characters of the path ${path}; ${LONGEST_NAME} are allowed.`,
        hint: 'Grant to Ec2KafkaClient.user(NAME), and let the role read its password with grantClientSecretRead.',
      });
    }
    return name;
  }

  /** Kafka knows a client by its name alone, so two of one name would share their rights. */
  private requireOneKind({ clientName, _authentication: kind }: Ec2KafkaClient): void {
    const before = this.kinds.get(clientName) ?? kind;
    if (before !== kind) {
      this.refuse({
        property: 'clientName',
        message: `the name is that of another client, got ${clientName} with ${kind} beside one with ${before}; one way to log in is allowed.`,
        hint: 'Give one of them another name.',
      });
    }
    this.kinds.set(clientName, kind);
  }

  private requireName(name: string): void {
    const [problem] = literalProblems({ clientName: name });
    if (problem !== undefined) this.refuse(problem);
    if (NAME.test(name)) return;
    this.refuse({
      property: 'clientName',
      message: `not the name of a client, got "${name}"; letters, digits, dots, dashes and underscores are allowed, at most ${LONGEST_NAME}, beginning with a letter or digit.`,
      hint: 'Choose another name.',
    });
  }

  /** The CDK drops what it cannot add, and the client would find out. */
  private allowRead(reader: IGrantable, secretArn: string, keyArn: string): Grant {
    const grant = grantSecretRead(reader, secretArn, keyArn);
    if (!grant.success) {
      this.refuse({
        property: 'grants',
        message: `nothing gives it a policy, so it could not read the password, got ${String(reader.grantPrincipal)}; a role, a user, or what has a role of its own is allowed.`,
        hint: 'Use Role.fromRoleArn for one that is there.',
      });
    }
    return grant;
  }

  private refuse(problem: PropertyProblem): void {
    refuse(this.cluster.construct, 'EC2-GRANTEE', [problem]);
  }
}

function authenticationsOf({ listeners }: EnvironmentModel): string {
  return listeners.map(({ authentication }) => authentication).join(', ');
}
