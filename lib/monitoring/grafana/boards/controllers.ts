import type { BoardContext } from '../board';
import { number, type Panel } from '../panel';

/** Controllers that are declared, and how many have to agree. */
export function declaredControllers({ model }: Pick<BoardContext, 'model'>): { declared: number; majority: number } {
  const declared = model.nodes.filter(({ roles }) => roles.includes('controller')).length;
  return { declared, majority: Math.floor(declared / 2) + 1 };
}

export function controllersThatAnswer(context: BoardContext): Panel {
  const { declared, majority } = declaredControllers(context);
  return number({
    title: `Controllers that answer, of ${declared}`,
    description: `${majority} are needed for anything to change.`,
    queries: [{ expression: `sum(${context.series('up', 'kafka="node",controller="true"')})` }],
    unit: 'none',
    limits: { warning: declared, critical: Math.min(majority + 1, declared), bad: 'below' },
    signal: 'quorum-no-spare',
  });
}

export function activeControllers({ series }: BoardContext): Panel {
  return number({
    title: 'Active controllers',
    description: 'One, always.',
    queries: [{ expression: `sum(${series('kafka_controller_kafkacontroller_activecontrollercount')})` }],
    unit: 'none',
    limits: { critical: 1, bad: 'below' },
    signal: 'no-active-controller',
  });
}
