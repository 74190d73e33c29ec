import type { Grade } from '../change';
import { countByGrade, isEmpty } from '../build-plan';
import type { Plan } from '../plan';

/** What a grade costs, for one change and for more. */
const COSTS: Readonly<Record<Grade, readonly [one: string, more: string]>> = {
  safe: ['safe', 'safe'],
  ordering: ['costs ordering', 'cost ordering'],
  availability: ['costs availability', 'cost availability'],
  'data-loss': ['loses data', 'lose data'],
  irreversible: ['is irreversible', 'are irreversible'],
};

export const GRADE_TITLES: Readonly<Record<Grade, string>> = {
  safe: 'Safe',
  ordering: 'Costs ordering',
  availability: 'Costs availability',
  'data-loss': 'Loses data',
  irreversible: 'Irreversible',
};

/** `9,998` */
export function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function counted(number: number, noun: string): string {
  return `${count(number)} ${number === 1 ? noun : plural(noun)}`;
}

export function plural(noun: string): string {
  return noun === 'address' ? 'addresses' : `${noun}s`;
}

/** `12 changes: 9 safe, 2 cost ordering, 1 loses data; 1 held back, needs an acknowledgement` */
export function summaryLine(plan: Plan): string {
  const { environment, changes, findings } = plan;
  const noticed = findings.length === 0 ? '' : `; ${counted(findings.length, 'finding')}`;
  if (isEmpty(plan)) {
    if (findings.length === 0) return `no changes: ${environment} is as declared`;
    const read = findings.every(({ code }) => code !== 'PLAN-UNREAD') ? environment : `what was read of ${environment}`;
    return `no changes: ${read} is as declared, but for ${counted(findings.length, 'finding')}`;
  }
  const grades = Object.entries(countByGrade(plan))
    .filter(([, number]) => number > 0)
    .map(([grade, number]) => `${count(number)} ${COSTS[grade as Grade][number === 1 ? 0 : 1]}`);
  const held = changes.filter(({ status }) => status === 'held').length;
  const blocked = changes.filter(({ status }) => status === 'blocked').length;
  return [
    `${counted(changes.length, 'change')}: ${grades.join(', ')}`,
    ...(held === 0 ? [] : [`${count(held)} held back, ${held === 1 ? 'needs' : 'need'} an acknowledgement`]),
    ...(blocked === 0 ? [] : [`${count(blocked)} cannot be done now`]),
  ]
    .join('; ')
    .concat(noticed);
}
