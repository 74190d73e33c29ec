import { isPlaceholder } from '../catalogue';
import type { ConnectorCapacity } from './capacity';
import type { MskConnectProblem } from './problem';

/** The last part of an option that holds a secret by its name. */
const SECRET_NAME =
  /(^|[._-])(password|passwd|passphrase|secret|token|credentials|(api|access|secret|private|account)[._-]?key|jaas[._-]config)$/i;

/** Whether an option holds a secret, by its name. */
export function isSecretOption(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** What is wrong with the options of a connector as MSK Connect runs it. */
export function connectorConfigProblems(
  config: Readonly<Record<string, string>>,
  capacity: ConnectorCapacity,
): MskConnectProblem[] {
  const problems: MskConnectProblem[] = [];
  const at = (option: string): string => `configuration[${JSON.stringify(option)}]`;
  if (config['connector.class'] === undefined) {
    problems.push({
      property: 'configuration',
      message: 'the connector has no class, got none; connector.class is needed.',
      hint: 'Add it.',
    });
  }
  if (config.name !== undefined) {
    problems.push({
      property: at('name'),
      message: `the name is said elsewhere, got "${config.name}"; it follows from connectorName.`,
      hint: 'Remove it here.',
    });
  }
  if (capacity.kind === 'autoscaled' && config['tasks.max'] !== undefined) {
    problems.push({
      property: at('tasks.max'),
      message: `autoscaling sets the number of tasks by itself, got ${config['tasks.max']}; two tasks for each unit of each worker are what runs, or fewer by maxTasks.`,
      hint: 'Remove it, and limit the tasks by maxTasks of the capacity.',
    });
  }
  for (const [option, value] of Object.entries(config)) {
    if (!isSecretOption(option) || isPlaceholder(value) || value === '') continue;
    problems.push({
      property: at(option),
      message: `a secret stands in the template, got a value for ${option}; a reference is allowed.`,
      hint: 'Move it to secrets, and change the secret: it was written down.',
    });
  }
  return problems;
}

/** Topics that the options of a sink make its workers write to: records that it cannot deliver. */
export function deadLetterTopics(config: Readonly<Record<string, string>>): string[] {
  const topic = config['errors.deadletterqueue.topic.name'];
  return topic === undefined || topic === '' ? [] : [topic];
}

/** Whether the workers are told to make the topics that the connector writes to (KIP-158). */
export function createsTopics(config: Readonly<Record<string, string>>): boolean {
  return Object.keys(config).some((option) => /^topic\.creation\.(?!enable$)/.test(option));
}

/** The group of a sink connector, by which it goes on where one of the same name stood. */
export function sinkGroup(connectorName: string): string {
  return `connect-${connectorName}`;
}

/**
 * Where a source connector keeps its position. The service's own default has the id of the connector in it, so that a connector that is
 * replaced would begin again; this name stays, and lies below the prefix that the role has rights to.
 */
export function offsetTopic(connectorName: string): string {
  return `__amazon_msk_connect_offsets_${connectorName}`;
}
