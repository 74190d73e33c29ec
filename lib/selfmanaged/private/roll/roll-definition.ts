/** What the function of a roll is told at every step, beside what whoever starts it wishes. */
export interface RolledCluster {
  readonly environment: string;
  readonly region: string;
  readonly bootstrapServers: string;
  readonly authentication: string;
  readonly adminSecretArn: string;
  readonly document: string;
  readonly nodes: readonly {
    readonly id: number;
    readonly name: string;
    readonly roles: readonly string[];
    readonly group: string;
  }[];
  /** Options that a deployment changes while nodes run: no node is restarted for them. */
  readonly runTimeOptions: readonly string[];
}

export interface RollDefinitionOptions {
  readonly functionArn: string;
  readonly partition: string;
  readonly cluster: RolledCluster;
}

/** Longer than an invocation of the function, which ends its own step before. */
const STEP_SECONDS = 960;
const TURN_SECONDS = 60;

/**
 * The state machine of a roll: one step after the other until nothing is left. It is one node at a time by construction, and one roll at a
 * time, since the function lets the oldest execution go first. The first failure ends it; started again, it does what is left.
 */
export function rollDefinition({ functionArn, partition, cluster }: RollDefinitionOptions): object {
  return {
    Comment: `Restarts or replaces the nodes of ${cluster.environment} one by one, each when the cluster can spare it`,
    StartAt: 'Begin',
    States: {
      Begin: { Type: 'Pass', Parameters: { 'wish.$': '$', progress: {} }, Next: 'WhoElse' },
      WhoElse: {
        Type: 'Task',
        Comment: 'Rolls that run, the newest first',
        Resource: `arn:${partition}:states:::aws-sdk:sfn:listExecutions`,
        Parameters: { 'StateMachineArn.$': '$$.StateMachine.Id', StatusFilter: 'RUNNING' },
        ResultSelector: { 'arns.$': '$.Executions[*].ExecutionArn' },
        ResultPath: '$.running',
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 5, BackoffRate: 2 }],
        Next: 'Step',
      },
      Step: {
        Type: 'Task',
        Comment: 'Restarts what the cluster can spare, and waits until it is back',
        Resource: functionArn,
        TimeoutSeconds: STEP_SECONDS,
        Parameters: {
          cluster,
          'wish.$': '$.wish',
          'progress.$': '$.progress',
          'execution.$': '$$.Execution.Id',
          'executions.$': '$.running.arns',
        },
        ResultPath: '$.progress',
        // What the function itself says ends the roll; what ended the function does not. What is done is on the instances.
        Retry: [
          {
            ErrorEquals: [
              'Lambda.ServiceException',
              'Lambda.AWSLambdaException',
              'Lambda.SdkClientException',
              'Lambda.TooManyRequestsException',
              'Lambda.Unknown',
              'Sandbox.Timedout',
              'States.Timeout',
            ],
            IntervalSeconds: 15,
            MaxAttempts: 4,
            BackoffRate: 2,
          },
        ],
        Next: 'IsOver',
      },
      IsOver: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.progress.state', StringEquals: 'done', Next: 'Done' },
          { Variable: '$.progress.state', StringEquals: 'planned', Next: 'Done' },
          { Variable: '$.progress.state', StringEquals: 'queued', Next: 'TakeTurn' },
        ],
        Default: 'WhoElse',
      },
      TakeTurn: { Type: 'Wait', Seconds: TURN_SECONDS, Next: 'WhoElse' },
      Done: { Type: 'Pass', OutputPath: '$.progress', End: true },
    },
  };
}
