import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Fleet, FleetInstance, InstanceOrder, OrderResult } from '../../fleet';
import { SYSTEM_CLOCK, type Clock } from '../../wait';
import { loadSdk } from './sdk';

export interface AwsFleetOptions {
  readonly region: string;
  /** Document of Systems Manager whose parameter `order` an instance carries out. */
  readonly document: string;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** DescribeAutoScalingGroups returns so many at most. */
const GROUPS_AT_ONCE = 50;
/** An instance that takes orders takes them at once. */
const DELIVERY_SECONDS = 60;
const PAUSE_MS = 2_000;
const OVER = new Set(['Success', 'Failed', 'TimedOut', 'Cancelled']);

/** Auto Scaling groups, and orders by Run Command of Systems Manager. Call `close` at the end. */
export function awsFleet({ region, document, clock = SYSTEM_CLOCK }: AwsFleetOptions): Fleet & { close(): void } {
  const scaling = loadSdk('@aws-sdk/client-auto-scaling', '');
  const systems = loadSdk('@aws-sdk/client-ssm', '');
  const groups = new scaling.AutoScalingClient({ region, maxAttempts: 6 });
  const orders = new systems.SSMClient({ region, maxAttempts: 6 });

  return {
    instances: async (names) => {
      const found = new Map<string, readonly FleetInstance[]>();
      for (let at = 0; at < names.length; at += GROUPS_AT_ONCE) {
        const { AutoScalingGroups = [] } = await groups.send(
          new scaling.DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: names.slice(at, at + GROUPS_AT_ONCE) }),
        );
        for (const group of AutoScalingGroups) found.set(group.AutoScalingGroupName!, instancesOf(group));
      }
      return found;
    },
    replace: async (instanceId) => {
      await groups.send(
        new scaling.TerminateInstanceInAutoScalingGroupCommand({
          InstanceId: instanceId,
          ShouldDecrementDesiredCapacity: false,
        }),
      );
    },
    order: async (instanceId, order: InstanceOrder): Promise<OrderResult | undefined> => {
      const commandId = await sent(instanceId, order);
      if (commandId === undefined) return undefined;
      for (;;) {
        const result = await invocation(instanceId, commandId);
        if (OVER.has(result?.Status ?? '')) {
          if (result!.StatusDetails === 'DeliveryTimedOut') return undefined;
          return {
            ok: result!.Status === 'Success',
            output: result!.StandardOutputContent ?? '',
            error: result!.StandardErrorContent ?? '',
          };
        }
        await clock.sleep(PAUSE_MS);
      }
    },
    close: () => {
      groups.destroy();
      orders.destroy();
    },
  };

  async function sent(instanceId: string, order: InstanceOrder): Promise<string | undefined> {
    try {
      const { Command } = await orders.send(
        new systems.SendCommandCommand({
          DocumentName: document,
          InstanceIds: [instanceId],
          Parameters: { order: [order] },
          TimeoutSeconds: DELIVERY_SECONDS,
        }),
      );
      return Command!.CommandId;
    } catch (error) {
      // Its agent has not reported yet, or it is gone.
      if ((error as Error).name === 'InvalidInstanceId') return undefined;
      throw error;
    }
  }

  async function invocation(
    instanceId: string,
    commandId: string | undefined,
  ): Promise<import('@aws-sdk/client-ssm').GetCommandInvocationCommandOutput | undefined> {
    try {
      return await orders.send(
        new systems.GetCommandInvocationCommand({ CommandId: commandId, InstanceId: instanceId }),
      );
    } catch (error) {
      // It is told of a moment after it was sent.
      if ((error as Error).name === 'InvocationDoesNotExist') return undefined;
      throw error;
    }
  }
}

function instancesOf({ Instances = [], LaunchTemplate }: AutoScalingGroup): FleetInstance[] {
  return Instances.map(({ InstanceId, LifecycleState = '', LaunchTemplate: own }) => ({
    id: InstanceId!,
    phase: LifecycleState.startsWith('Pending')
      ? 'coming'
      : LifecycleState === 'InService' || LifecycleState === 'Standby'
        ? 'there'
        : 'going',
    current: own?.Version === LaunchTemplate?.Version,
  }));
}
