import type { EnvironmentModel } from '../model';
import { overridePath, plural } from './hint';
import type { Rule } from './rule';

/** The controllers that hold the metadata of a cluster that runs its own nodes (KRaft). */
export const QUORUM_RULES: readonly Rule[] = [
  {
    code: 'QUORUM-MISSING',
    level: 'error',
    what: 'A cluster that runs its own nodes has controllers.',
    why: 'Controllers hold the metadata: without them no broker starts. Amazon MSK runs them itself, so an environment made for it has none.',
    source: 'Apache Kafka documentation, KRaft',
    check(model, report) {
      if (model.managedBy !== 'self' || controllerCount(model) > 0) return;
      report({
        path: ['nodePools'],
        message: 'no node pool has the role controller, got none; 1, 3 or 5 controllers are needed.',
        hint: `Add one, for example ${overridePath(model, ['nodePools', 'controllers'])}: { roles: [controller], replicas: 3, volumes: [{ size: 20GiB }] }.`,
      });
    },
  },
  {
    code: 'QUORUM-SIZE',
    level: 'error',
    what: 'There are 1, 3 or 5 controllers.',
    why: 'A majority decides. An even number survives no more losses than the odd one below it, and more than five only slow every change down.',
    source: 'Apache Kafka documentation, KRaft, Provisioning Nodes',
    check(model, report) {
      const count = controllerCount(model);
      if (model.managedBy !== 'self' || count === 0 || [1, 3, 5].includes(count)) return;
      report({
        path: controllerPath(model, 'replicas'),
        message: `the number of controllers does not make a quorum, got ${count}; 1, 3 or 5 is allowed.`,
        hint: `Use ${count < 4 ? 3 : 5}${combinedPool(model) === undefined ? '' : ', or give the controllers a node pool of their own'}.`,
      });
    },
  },
  {
    code: 'QUORUM-SINGLE',
    level: 'warning',
    what: 'There is more than one controller; a laptop is left out.',
    why: 'While a single controller is down nothing can change: no new leader for any partition, no topic, no credential. Its disk is the only copy of the metadata.',
    source: 'Apache Kafka documentation, KRaft, Provisioning Nodes',
    check(model, report) {
      if (model.managedBy !== 'self' || model.target === 'local' || controllerCount(model) !== 1) return;
      report({
        path: controllerPath(model, 'replicas'),
        message: 'a single controller holds all metadata, got 1; 3 survive the loss of one.',
        hint: 'Use 3.',
      });
    },
  },
  {
    code: 'QUORUM-COMBINED',
    level: 'warning',
    what: 'Controllers are nodes of their own; a laptop is left out.',
    why: 'A combined node that is busy as a broker is slow as a controller, and neither can be restarted or sized without the other.',
    source: 'Apache Kafka documentation, KRaft, Process Roles: not recommended in critical environments',
    check(model, report) {
      if (model.managedBy !== 'self' || model.target === 'local') return;
      for (const { name, roles } of model.pools) {
        if (!roles.includes('controller') || !roles.includes('broker')) continue;
        report({
          path: ['nodePools', name, 'roles'],
          message:
            'the nodes are broker and controller in one, got [broker, controller]; separate pools are for critical environments.',
          hint: 'Add a pool with roles: [controller] and three small nodes.',
        });
      }
    },
  },
  {
    code: 'QUORUM-RACKS',
    level: 'warning',
    what: 'With a rack lost, a majority of the controllers stays.',
    why: 'Without a majority no leader is elected, so brokers of the other racks cannot take over either.',
    source: 'Apache Kafka documentation, KRaft, Provisioning Nodes',
    check(model, report) {
      if (model.managedBy !== 'self' || model.target === 'local' || model.capacity.survive !== 'rack') return;
      const controllers = model.nodes.filter(({ roles }) => roles.includes('controller'));
      if (controllers.length < 3) return; // QUORUM-SINGLE and QUORUM-SIZE say it
      const counts = new Map<string, number>();
      for (const { rack } of controllers) if (rack !== undefined) counts.set(rack, (counts.get(rack) ?? 0) + 1);
      const majority = Math.floor(controllers.length / 2) + 1;
      for (const [rack, count] of counts) {
        if (controllers.length - count >= majority) continue;
        report({
          path: controllerPath(model),
          message: `the loss of rack ${rack} stops the cluster, got ${count} of ${controllers.length} controllers in it; at most ${controllers.length - majority} are allowed in one rack.`,
          hint: 'Name three racks or more; the third may hold a controller only.',
        });
        return;
      }
    },
  },
  {
    code: 'QUORUM-SERVICE',
    level: 'error',
    what: 'Where a service runs the brokers, no pool has the role controller.',
    why: 'Amazon MSK runs the controllers itself, unseen and unpaid; what is written about them could not be honoured.',
    source: 'Amazon MSK developer guide, KRaft mode',
    check(model, report) {
      if (model.managedBy !== 'service') return;
      for (const { name, roles } of model.pools) {
        if (!roles.includes('controller')) continue;
        report({
          path: ['nodePools', name, 'roles'],
          message: `the service runs the controllers, got ${JSON.stringify(roles)}; [broker] is allowed on ${model.target}.`,
          hint: roles.includes('broker')
            ? `Remove the role, or write ${overridePath(model, ['nodePools', name, 'roles'])}: [broker].`
            : `Remove the pool, or write ${overridePath(model, ['nodePools', name])}: null.`,
        });
      }
    },
  },
  {
    code: 'BROKERS-MISSING',
    level: 'error',
    what: 'There is at least one broker.',
    why: 'Brokers hold the records; without them there is no cluster.',
    source: 'Apache Kafka documentation, KRaft',
    check(model, report) {
      if (model.brokerCount > 0) return;
      report({
        path: ['nodePools'],
        message: `no node pool has the role broker, got ${plural(model.pools.length, 'pool')} without it; at least one is needed.`,
        hint: 'Add one, for example nodePools.brokers: { roles: [broker], replicas: 3 }.',
      });
    },
  },
];

function controllerCount(model: EnvironmentModel): number {
  return model.pools
    .filter(({ roles }) => roles.includes('controller'))
    .reduce((sum, { replicas }) => sum + replicas, 0);
}

function combinedPool(model: EnvironmentModel): string | undefined {
  return model.pools.find(({ roles }) => roles.length > 1)?.name;
}

function controllerPath(model: EnvironmentModel, ...rest: string[]): string[] {
  const pools = model.pools.filter(({ roles }) => roles.includes('controller'));
  return pools.length === 1 ? ['nodePools', pools[0]!.name, ...rest] : ['nodePools'];
}
