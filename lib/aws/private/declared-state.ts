import { Construct, type IConstruct } from 'constructs';
import { formatPath } from '../../core/issue';
import { resolve, type EnvironmentModel } from '../../core/model';
import { desiredState } from '../../core/plan';
import { check, type CheckedIssue } from '../../core/rules';
import type { EnvironmentSpec, PrincipalSpec, TopicSpec } from '../../core/spec';
import { formatDuration } from '../../core/units';
import type { Retention } from '../../core/units/retention';
import type { AccessIntent } from '../kafka-grants';
import { refuse } from './construct-failure';
import { Reconciler, type ReconcilerProps } from './reconciler';

type AcknowledgementSpec = NonNullable<EnvironmentSpec['acknowledge']>[number];

/** What constructs add to a cluster one by one. */
export interface Declarations {
  readonly topics: Record<string, TopicSpec>;
  readonly principals: Record<string, PrincipalSpec>;
  readonly acknowledge: AcknowledgementSpec[];
}

export interface DeclaredTopic {
  readonly name: string;
  readonly topic: TopicSpec;
  readonly acknowledge: readonly AcknowledgementSpec[];
}

/** A topic as the properties of a construct describe it. */
export interface TopicProperties {
  readonly partitions: number;
  readonly replicationFactor?: number;
  readonly minInSyncReplicas?: number;
  readonly retention?: Retention;
  readonly config?: Readonly<Record<string, string>>;
}

export function topicSpec(properties: TopicProperties): TopicSpec {
  const { partitions, replicationFactor, minInSyncReplicas, retention, config } = properties;
  return {
    partitions,
    ...(replicationFactor === undefined ? {} : { replicationFactor }),
    ...(minInSyncReplicas === undefined ? {} : { minInSyncReplicas }),
    ...(retention === undefined ? {} : { retention: { time: formatDuration(retention.toMilliseconds()) } }),
    ...(config === undefined ? {} : { config: { ...config } }),
  };
}

export interface DeclaredStateProps {
  /** An environment of nothing but what is declared, so that it goes the same way as that of a file. */
  readonly spec: (declared: Declarations) => EnvironmentSpec;
  /** Code of what is refused about a topic. */
  readonly topicCode: string;
  readonly reconciler: Omit<ReconcilerProps, 'environment' | 'owner' | 'desired'>;
}

/** The right would be about a topic that another construct, or nobody here, declares. */
const NOT_ABOUT_CONSTRUCTS: ReadonlySet<string> = new Set(['PRINCIPAL-TOPIC']);

/**
 * What constructs want of a running cluster where CloudFormation has no resources for it: they add topics and rights one by one, and one
 * custom resource makes all of them. What is no longer added stays.
 */
export class DeclaredState extends Construct {
  private readonly topics = new Map<string, TopicSpec>();
  private readonly principals = new Map<string, PrincipalSpec>();
  private readonly acknowledge: AcknowledgementSpec[] = [];
  private readonly reconciler: Reconciler;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: DeclaredStateProps,
  ) {
    super(scope, id);
    const model = (): EnvironmentModel =>
      resolve(
        props.spec({
          topics: Object.fromEntries(this.topics),
          principals: Object.fromEntries(this.principals),
          acknowledge: this.acknowledge,
        }),
      ).model;
    const { name, owner } = model();
    this.reconciler = new Reconciler(this, 'Reconciler', {
      ...props.reconciler,
      environment: name,
      owner,
      desired: () => desiredState(model()),
    });
    // What all of it comes to together is known when the last one was added.
    this.node.addValidation({
      validate: () => errorsOf(model()).map((issue) => `${issue.path}: ${issue.message} ${issue.hint}`),
    });
  }

  /** What must be there before the cluster is asked for anything. */
  public waitFor(...dependables: Construct[]): void {
    this.reconciler.waitFor(...dependables);
  }

  /** Adds a topic; `scope` is named where it would be refused. */
  public addTopic(scope: IConstruct, { name, topic, acknowledge }: DeclaredTopic): void {
    const { model } = resolve(this.props.spec({ topics: { [name]: topic }, principals: {}, acknowledge: [] }));
    refuse(scope, this.props.topicCode, [
      ...errorsOf(model).map((issue) => ({ property: propertyOf(issue), message: issue.message, hint: issue.hint })),
      ...(this.topics.has(name)
        ? [
            {
              property: 'topicName',
              message: `the topic is there already, got ${name} twice on one cluster; once is allowed.`,
              hint: 'Use the one construct in both places.',
            },
          ]
        : []),
    ]);
    this.topics.set(name, topic);
    this.acknowledge.push(...acknowledge);
  }

  /** Adds rights to those that a principal has already. */
  public addRights(name: string, principal: PrincipalSpec, { produce, consume }: AccessIntent): void {
    const before = this.principals.get(name) ?? principal;
    this.principals.set(name, {
      ...before,
      ...(produce === undefined
        ? {}
        : {
            produce: {
              topics: union(before.produce?.topics, produce.topics),
              transactionalIds: union(before.produce?.transactionalIds, produce.transactionalIds),
            },
          }),
      ...(consume === undefined
        ? {}
        : {
            consume: {
              topics: union(before.consume?.topics, consume.topics),
              groups: union(before.consume?.groups, consume.groups),
            },
          }),
    });
  }
}

function union(before: readonly string[] = [], more: readonly string[]): string[] {
  return [...new Set([...before, ...more])];
}

/** What is wrong with topics and rights; the rest of the environment stands for nothing. */
function errorsOf(model: EnvironmentModel): CheckedIssue[] {
  return check(model).filter(
    ({ code, level, segments: [section] }) =>
      level === 'error' && (section === 'topics' || section === 'principals') && !NOT_ABOUT_CONSTRUCTS.has(code),
  );
}

/** `topics.orders.config["retention.ms"]` is `config["retention.ms"]` of the construct. */
function propertyOf({ segments }: CheckedIssue): string {
  return segments.length > 2 ? formatPath(segments.slice(2)) : 'topicName';
}
