import { App, Chart, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Work } from '../../../lib/core/day2';
import { adminCertificateName, shortHash, type EnvironmentModel } from '../../../lib/core/model';
import { ADMIN_LABEL, objectLabels } from '../labels';
import { ADMIN_TLS, RECONCILE_CONFIG } from '../paths';
import { podSpec } from '../pod';
import { adminProperties, TOOLS_CPU } from '../reconciler-pod';

const MEMORY_MIB = 512;
const GRACE_SECONDS = 60;
/** Its log is read the next day, and a Job of the same name made again later. */
const KEPT_SECONDS = 24 * 3600;

/** The name of the Job that does it. */
export function jobName(model: EnvironmentModel, { name, command }: Work): string {
  return `${model.name}-${name}-${shortHash(JSON.stringify(command), 8)}`;
}

/** One command of the kit, in the cluster, as its administrator; it reaches the brokers and nothing else. */
export function commandJob(model: EnvironmentModel, work: Work): string {
  const chart = new Chart(new App(), model.name);
  const { namespace, images } = model.spec.targets!.kubernetes!;
  const name = jobName(model, work);
  const labels = objectLabels(model, 'kafka-reconciler');
  const metadata = { name, namespace, labels };
  const tls = model.internalListeners!.replication.protocol === 'SSL';
  new k8s.KubeConfigMap(chart, 'ConfigMap', { metadata, data: { 'admin.properties': adminProperties(model) } });
  const spec = podSpec(model, {
    name: 'kdk',
    image: images.tools!,
    command: ['kdk', ...work.command, '--command-config', `${RECONCILE_CONFIG}/admin.properties`, '--wait', '15m'],
    env: [],
    ports: {},
    memoryMiB: MEMORY_MIB,
    cpu: { request: TOOLS_CPU },
    files: [
      { volume: { name: 'config', configMap: { name } }, mountPath: RECONCILE_CONFIG },
      ...(tls
        ? [
            {
              volume: { name: 'admin', secret: { secretName: adminCertificateName(model), defaultMode: 0o440 } },
              mountPath: ADMIN_TLS,
            },
          ]
        : []),
    ],
    claims: {},
    probes: {},
    terminationGracePeriodSeconds: GRACE_SECONDS,
    scheduling: {},
  });
  new k8s.KubeJob(chart, 'Job', {
    metadata,
    spec: {
      backoffLimit: 6,
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: {
        metadata: { labels: { ...labels, [ADMIN_LABEL]: model.name } },
        spec: { ...spec, restartPolicy: 'Never' },
      },
    },
  });
  return (chart.toJson() as object[]).map((object) => Yaml.stringify(object)).join('---\n');
}
