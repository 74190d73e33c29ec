import type { DueNode, RollPlan, RollReport } from '../admin/roll';
import type { RestartVerdict, RollNode } from '../core/roll';
import { counted } from './amounts';
import type { Outcome } from './outcome';

export function planLines({ due, current, atRunTime }: RollPlan): string[] {
  return [
    ...(atRunTime.length === 0
      ? []
      : [`no restart for ${atRunTime.join(', ')}: kdk apply changes that while nodes run`]),
    ...due.flatMap((node) => [`would restart ${node.name}: ${node.why}`, ...reasonLines(node)]),
    `${counted(due.length, 'node')} to restart, ${current.length} as they are to be`,
  ];
}

export function verdictLines(node: RollNode & RestartVerdict): string[] {
  return [`${node.name} ${node.obstacles.length === 0 ? 'may go down' : 'must not go down'}`, ...reasonLines(node)];
}

function reasonLines({ obstacles, costs }: RestartVerdict): string[] {
  return [
    ...obstacles.map(({ code, message }) => `  ${code}: ${message}`),
    ...costs.map((cost) => `  it costs: ${cost}`),
  ];
}

/** What was done, and exit status 1 where something is left. */
export function reportOutcome(report: RollReport): Pick<Outcome, 'result' | 'lines' | 'status'> {
  return {
    result: report,
    lines: [
      ...report.restarted.map(({ name, why, tookMs }) => `${name} restarted in ${seconds(tookMs)}: ${why}`),
      summary(report.restarted, report.left),
    ],
    status: report.left.length === 0 ? 0 : 1,
  };
}

function summary(restarted: readonly DueNode[], left: readonly DueNode[]): string {
  if (restarted.length + left.length === 0) return 'every node runs with what it is to run with';
  const rest = left.length === 0 ? '' : `, interrupted before ${left.map(({ name }) => name).join(', ')}`;
  return `${counted(restarted.length, 'node')} restarted${rest}`;
}

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
