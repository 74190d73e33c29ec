import type { Rule } from './rule';

/** Who places replicas on Amazon MSK. */
export const SPREAD_RULES: readonly Rule[] = [
  {
    code: 'MSK-SPREAD',
    level: 'error',
    what: 'Replicas are spread over new brokers by the kit only where the service does not do it.',
    why: 'While Express brokers rebalance themselves the service refuses other moves, and Serverless has no brokers to choose.',
    source: 'Amazon MSK developer guide, Intelligent rebalancing',
    check(model, report) {
      if (model.reconcile.spread === undefined) return;
      const msk = model.spec.targets?.msk;
      const rebalances = model.target === 'msk' && msk?.brokerType === 'express' && msk.rebalancing !== 'PAUSED';
      if (!rebalances && model.target !== 'msk-serverless') return;
      report({
        path: ['reconcile', 'spread'],
        message: `the service places replicas itself, got onNewBrokers on ${rebalances ? 'Express brokers that rebalance' : 'Serverless'}; never is allowed.`,
        hint: rebalances ? 'Remove it, or write targets.msk.rebalancing: PAUSED.' : 'Remove it.',
      });
    },
  },
];
