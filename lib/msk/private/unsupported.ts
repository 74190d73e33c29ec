import type { ClientAuthentication } from '../../aws/client-authentication';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { EnvironmentModel } from '../../core/model';
import { mskPort } from './ports';

/** What an environment asks for that this target cannot do, each by the path where it is written. */
export function unsupported(model: EnvironmentModel): PropertyProblem[] {
  if (model.target !== 'msk' && model.target !== 'msk-serverless') {
    return [
      {
        property: 'environment',
        message: `the environment is for another target, got ${model.target}; msk and msk-serverless are allowed.`,
        hint: 'Read it with target: msk, or use the construct of its target.',
      },
    ];
  }
  const problems: PropertyProblem[] = [];
  const express = model.spec.targets?.msk?.brokerType === 'express';
  if (model.spec.kafka.clusterId !== undefined) {
    problems.push({
      property: 'kafka.clusterId',
      message: `the service chooses the id of the cluster, got ${model.spec.kafka.clusterId}; none is allowed.`,
      hint: 'Set it to null under targets.msk.override.',
    });
  }
  for (const listener of model.listeners) {
    const at = (key: string): string => `listeners.${listener.name}.${key}`;
    if (!listener.protocol.endsWith('SSL')) {
      problems.push({
        property: at('encryption'),
        message: 'listeners without TLS are not built, got none; tls is allowed.',
        hint: 'Leave it out under targets.msk.override.',
      });
    }
    if (listener.port !== mskPort(listener.authentication as ClientAuthentication)) {
      problems.push({
        property: at('port'),
        message: `the service fixes the ports, got ${listener.port}; ${mskPort(listener.authentication as ClientAuthentication)} is allowed with ${listener.authentication}.`,
        hint: 'Set port: null under targets.msk.override.',
      });
    }
  }
  const brokerPools = model.pools.filter(({ roles }) => roles.includes('broker'));
  if (brokerPools.length !== 1) {
    problems.push({
      property: 'nodePools',
      message: `Amazon MSK has brokers of one kind, got ${brokerPools.length} pools of brokers; one is allowed.`,
      hint: 'Merge the pools, under targets.msk.override if other targets need them.',
    });
  }
  for (const pool of model.pools) {
    const at = (key: string): string => `nodePools.${pool.name}.${key}`;
    if (pool.roles.includes('controller')) {
      problems.push({
        property: at('roles'),
        message: 'the service runs the controllers itself, got controller; broker is allowed.',
        hint: 'Override the pool under targets.msk.override.',
      });
    }
    if (pool.volumeBytes.length > 1) {
      problems.push({
        property: at('volumes'),
        message: `Amazon MSK has one volume a broker, got ${pool.volumeBytes.length}; one is allowed.`,
        hint: 'Add up their sizes.',
      });
    }
    if (express && pool.volumeBytes.length > 0) {
      problems.push({
        property: at('volumes'),
        message: 'the service sizes the storage of Express brokers, got a volume; none is allowed.',
        hint: 'Set volumes: null under targets.msk.override.',
      });
    }
    if (pool.config.size > 0) {
      problems.push({
        property: at('config'),
        message: 'Amazon MSK has one configuration a cluster, got options of a pool; kafka.config is allowed.',
        hint: 'Move them to kafka.config.',
      });
    }
  }
  if (model.spec.targets?.msk?.topicsManagedBy === 'reconciler') {
    problems.push({
      property: 'targets.msk.topicsManagedBy',
      message: 'a stack cannot hand its topics to the reconciler yet, got reconciler; cloudformation is allowed.',
      hint: 'Leave it out.',
    });
  }
  if (model.spec.mirrors !== undefined && Object.keys(model.spec.mirrors).length > 0) {
    problems.push({
      property: 'mirrors',
      message: `mirrors into Amazon MSK are not built yet, got ${Object.keys(model.spec.mirrors).join(', ')}; none are allowed.`,
      hint: 'Set mirrors: null under targets.msk.override.',
    });
  }
  return problems;
}
