import type { EnvironmentModel } from '../model';

/** The command that empties brokers. */
export function evacuate({ name }: EnvironmentModel, ids: readonly number[]): string {
  return `kdk evacuate ${name} --brokers ${ids.join(',')} --command-config admin.properties`;
}

export function numbered(steps: readonly string[]): string {
  return steps.map((step, index) => `(${index + 1}) ${step}`).join('; ');
}
