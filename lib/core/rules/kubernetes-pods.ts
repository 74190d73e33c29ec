import type { EnvironmentModel } from '../model';
import { rackSource, thousandths } from '../model';
import { durationMs } from '../units';
import { didYouMean } from './hint';
import type { Rule } from './rule';

/** Longer than a name is cached in the cluster (30 s) and in a process (5 s). */
const SHORTEST_READY_SECONDS = 35;
/** Below it a port takes a right. */
const FIRST_FREE_PORT = 1024;
const ZONE = 'topology.kubernetes.io/zone';
const OWN_LABEL = /^(kafka-deployment-kit\/|app\.kubernetes\.io\/(name|instance|part-of|managed-by)$)/;

/** Where pods of nodes run and what holds a rollout back. */
export const KUBERNETES_POD_RULES: readonly Rule[] = [
  {
    code: 'KUBERNETES-PODS-POOL',
    level: 'error',
    what: 'What is said of pods is said of a node pool that there is.',
    why: 'It would be said of nothing.',
    source: 'the environment schema',
    check(model, report) {
      const pools = model.pools.map(({ name }) => name);
      for (const [name] of podsByPool(model)) {
        if (pools.includes(name)) continue;
        report({
          path: ['targets', 'kubernetes', 'pods', name],
          message: `there is no such node pool, got ${name}; ${pools.join(', ')} are allowed.`,
          hint: didYouMean(name, pools, 'Name a node pool.'),
        });
      }
    },
  },
  {
    code: 'KUBERNETES-PODS-CPU',
    level: 'error',
    what: 'No pod asks for more CPU than its limit.',
    why: 'Kubernetes refuses the pod.',
    source: 'Kubernetes documentation, Resource Management for Pods and Containers',
    check(model, report) {
      for (const [name, { cpu }] of podsByPool(model)) {
        if (
          cpu?.request === undefined ||
          cpu.limit === undefined ||
          thousandths(cpu.request) <= thousandths(cpu.limit)
        ) {
          continue;
        }
        report({
          path: ['targets', 'kubernetes', 'pods', name, 'cpu', 'request'],
          message: `the request is above the limit, got ${cpu.request}; at most ${cpu.limit} is allowed.`,
          hint: 'Raise the limit, or leave it out: brokers that are held back stall everybody.',
        });
      }
    },
  },
  {
    code: 'KUBERNETES-PODS-LABEL',
    level: 'error',
    what: 'Labels and annotations of pods leave those of the kit alone.',
    why: 'Services, disruption budgets and StatefulSets find their pods by them.',
    source: 'Kubernetes documentation, Labels and Selectors',
    check(model, report) {
      for (const [name, pods] of podsByPool(model)) {
        for (const section of ['labels', 'annotations'] as const) {
          for (const key of Object.keys(pods[section] ?? {})) {
            if (!OWN_LABEL.test(key)) continue;
            report({
              path: ['targets', 'kubernetes', 'pods', name, section, key],
              message: `the key belongs to the kit, got ${key}; any other is allowed.`,
              hint: 'Choose another key.',
            });
          }
        }
      }
    },
  },
  {
    code: 'KUBERNETES-PODS-TOLERATION',
    level: 'error',
    what: 'A toleration with a value has a key.',
    why: 'The API refuses the pod: without a key every taint is tolerated, whatever its value.',
    source: 'Kubernetes documentation, Taints and Tolerations',
    check(model, report) {
      for (const [name, { tolerations = [] }] of podsByPool(model)) {
        for (const [index, { key, value }] of tolerations.entries()) {
          if (key !== undefined || value === undefined) continue;
          report({
            path: ['targets', 'kubernetes', 'pods', name, 'tolerations', index, 'value'],
            message: `a value of no taint, got ${value} without a key; a key and a value, or neither, is allowed.`,
            hint: 'Add the key of the taint, or remove the value.',
          });
        }
      }
    },
  },
  {
    code: 'KUBERNETES-PORT',
    level: 'error',
    what: `Pods listen on ports from ${FIRST_FREE_PORT} on.`,
    why: 'They run as a user without rights, who may not open a lower one: Kafka would not start.',
    source: 'Kubernetes documentation, Pod Security Standards, restricted (no NET_BIND_SERVICE)',
    check(model, report) {
      if (model.target !== 'kubernetes' || model.brokersElsewhere !== undefined) return;
      const { metricsPort } = model.spec.monitoring ?? {};
      for (const [path, port] of [
        ...model.listeners.map((listener) => [['listeners', listener.name, 'port'], listener.port] as const),
        ...(metricsPort === undefined ? [] : [[['monitoring', 'metricsPort'], metricsPort] as const]),
      ]) {
        if (port >= FIRST_FREE_PORT) continue;
        report({
          path,
          message: `the user of the pods may not open this port, got ${port}; ${FIRST_FREE_PORT} to 65535 are allowed.`,
          hint: 'Choose another; a load balancer may still listen on it: targets.kubernetes.listeners.<listener>.port.',
        });
      }
    },
  },
  {
    code: 'KUBERNETES-PODS-ZONE',
    level: 'error',
    what: 'A node selector does not name a zone where each zone has a StatefulSet.',
    why: 'Each StatefulSet is bound to its zone already; in another its pods would have the wrong rack.',
    source: 'the manifests of the kit',
    check(model, report) {
      if (model.racks.length === 0 || rackSource(model.spec) !== 'statefulset-per-zone') return;
      for (const [name, { nodeSelector }] of podsByPool(model)) {
        if (nodeSelector?.[ZONE] === undefined) continue;
        report({
          path: ['targets', 'kubernetes', 'pods', name, 'nodeSelector', ZONE],
          message: `the pods are in a zone each already, got ${nodeSelector[ZONE]}; racks say which.`,
          hint: 'Remove it, and name the zones in racks.',
        });
      }
    },
  },
  {
    code: 'KUBERNETES-PODS-READY',
    level: 'warning',
    what: `A pod is ready for ${SHORTEST_READY_SECONDS} seconds before a rollout takes the next.`,
    why: 'Other nodes and clients may know its old address for so long: when the next goes down too, a partition is left with less than min.insync.replicas, or the brokers lose their sessions.',
    source:
      'Seen on a cluster: 13 s under min ISR in a rollout that went on at once; the DNS of Kubernetes caches for 30 s',
    check(model, report) {
      for (const [name, { readyFor }] of podsByPool(model)) {
        if (readyFor === undefined || durationMs(readyFor) >= SHORTEST_READY_SECONDS * 1000) continue;
        report({
          path: ['targets', 'kubernetes', 'pods', name, 'readyFor'],
          message: `a rollout goes on sooner than names are looked up again, got ${readyFor}; from ${SHORTEST_READY_SECONDS}s on all know the new address.`,
          hint: `Leave it out for ${SHORTEST_READY_SECONDS}s; take 65s where the machines cache names too (NodeLocal DNSCache).`,
        });
      }
    },
  },
  {
    code: 'KUBERNETES-GATE',
    level: 'warning',
    what: 'Rollouts wait until brokers have caught up, which they tell by their metrics.',
    why: 'Without metrics a pod counts as started when its port is open, with its replicas still behind: the next broker goes down after a fixed time, and partitions may be left with less than min.insync.replicas.',
    source: 'Measured: the port of a restarted follower was open with 40,672 records to copy',
    check(model, report) {
      if (model.target !== 'kubernetes' || model.metrics.enabled || model.brokerCount < 2) return;
      report({
        path: ['monitoring', 'metrics'],
        message: 'a rollout cannot tell whether brokers have caught up, got false; true is what the start probe reads.',
        hint: 'Leave it out, with the JMX exporter in the image; or restart pods by hand, each when no partition is under-replicated.',
      });
    },
  },
];

type PodsSpec = NonNullable<
  NonNullable<NonNullable<EnvironmentModel['spec']['targets']>['kubernetes']>['pods']
>[string];

function podsByPool(model: EnvironmentModel): [string, PodsSpec][] {
  if (model.target !== 'kubernetes') return [];
  return Object.entries(model.spec.targets?.kubernetes?.pods ?? {});
}
