import { KUBERNETES_CONNECT_RULES } from '../../../lib/core/rules/kubernetes-connect';
import { testRules } from '../../support/rule-cases';

const settings = (text: string): string =>
  `targets: { kubernetes: { version: '1.34', namespace: kafka, images: { kafka: 'registry.example.com/kafka:4.3.1' }, ${text} } }`;
const CONNECTORS = 'connect: { replicas: 2, connectors: { c: { class: a.B, tasksMax: 3 } } }';

describe('the rules of Connect on Kubernetes', () => {
  testRules(KUBERNETES_CONNECT_RULES, [
    [
      'workers that scale',
      'kubernetes',
      `${CONNECTORS}\n${settings('connect: { cpu: "1", autoscaling: { maxReplicas: 3 } }')}`,
      [],
    ],
    [
      'settings without workers',
      'kubernetes',
      settings('connect: { cpu: 500m }'),
      ['KUBERNETES-CONNECT-UNUSED targets.kubernetes.connect'],
    ],
    [
      'workers that follow the lag of a source',
      'kubernetes',
      `${CONNECTORS}\n${settings('connect: { autoscaling: { maxReplicas: 3, lag: 100 } }')}`,
      ['KUBERNETES-CONNECT-LAG targets.kubernetes.connect.autoscaling.lag'],
    ],
    [
      'workers without room for their plugins',
      'kubernetes',
      'connect: { memory: 256MiB }',
      ['KUBERNETES-CONNECT-MEMORY connect.memory'],
    ],
    [
      'workers that cannot become more',
      'kubernetes',
      `${CONNECTORS}\n${settings('connect: { autoscaling: { maxReplicas: 2 } }')}`,
      ['KUBERNETES-CONNECT-SCALE targets.kubernetes.connect.autoscaling.maxReplicas'],
    ],
    [
      'more workers than tasks',
      'kubernetes',
      `${CONNECTORS}\n${settings('connect: { autoscaling: { maxReplicas: 4 } }')}`,
      ['KUBERNETES-CONNECT-IDLE targets.kubernetes.connect.autoscaling.maxReplicas'],
    ],
    [
      'CronJobs without the tools',
      'kubernetes',
      `${CONNECTORS}\n${settings('drift: { schedule: "@hourly" }, connect: { restart: { attempts: 5 } }')}`,
      ['KUBERNETES-TOOLS targets.kubernetes.drift', 'KUBERNETES-TOOLS targets.kubernetes.connect.restart'],
    ],
  ]);
});
