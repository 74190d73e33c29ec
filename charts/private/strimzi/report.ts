import type { EnvironmentModel } from '../../../lib/core/model';
import { rackSource } from '../../../lib/core/model';
import type { CheckedIssue } from '../../../lib/core/rules';
import { strimziRelease } from '../../../lib/core/strimzi';
import { clusterAuthoritySecret, userSecretPrefix } from './names';
import { namespaceOf } from './object';
import { racksFromVariable } from './racks';
import { renderOnly } from './render-only';

/** What these resources say of an environment, what they cannot, and what is different by nature. */
export function report(model: EnvironmentModel, findings: readonly CheckedIssue[]): string {
  const { kubernetes } = model.spec.targets!;
  const release = strimziRelease(kubernetes!.strimzi?.version, model.kafka.patch)!;
  const only = renderOnly(model);
  return [
    `# ${model.name} as resources of Strimzi`,
    '',
    `Kafka ${model.kafka.patch}, for Strimzi ${release.version} (${release.released}) on Kubernetes ${kubernetes!.version}. Rendered; change the environment instead.`,
    '',
    '```',
    `kubectl apply --server-side -f . -n ${namespaceOf(model)}`,
    '```',
    '',
    '## What the environment says and these resources do not',
    '',
    ...(findings.length === 0
      ? ['Nothing.']
      : table(
          ['path', 'code', 'what', 'instead'],
          findings.map(({ path, code, message, hint }) => [`\`${path}\``, `\`${code}\``, message, hint]),
        )),
    '',
    '## What was checked while rendering, or is for clients and other tools',
    '',
    ...(only.length === 0
      ? ['Nothing.']
      : table(
          ['path', 'value'],
          only.map(({ path, value }) => [`\`${path}\``, value]),
        )),
    '',
    '## What is different by nature',
    '',
    ...differences(model).map((line) => `- ${line}`),
    '',
  ].join('\n');
}

function differences(model: EnvironmentModel): string[] {
  const zoned = rackSource(model.spec) === 'pod-zone-label' || model.racks.length > 0;
  return [
    'What is deleted here is deleted there: a KafkaTopic takes the records of its topic along, a KafkaUser its rights. The kit deletes nothing that is merely absent. Topics, pools and the cluster are annotated so that Argo CD and Flux do not prune them.',
    'The quorum is static (`controller.quorum.voters`): the number of controllers stays as it is, and `controller.quorum.auto.join.enable` is of no use.',
    `The operator chooses the cluster id; the plain manifests of this environment have \`${model.clusterId}\`.`,
    'One disruption budget holds over brokers and controllers together. The operator rolls pods one by one and asks Kafka before each; start probes of the kit are not needed.',
    `Nodes and clients have certificates of the operator: clients trust \`ca.crt\` of the Secret \`${clusterAuthoritySecret(model)}\`. A client with mTLS is \`User:CN=<name>\` to Kafka.`,
    `The operator writes the Secret \`${userSecretPrefix(model)}<user>\` for each user, with the password that is referred to or with a certificate.`,
    'The replication listener belongs to the operator: there is no administrator of the kit. `kdk plan` and `kdk apply` need a super user of yours.',
    'Names of pools, topics and users are those of objects: two clusters in one namespace cannot both have a pool, topic or user of the same name.',
    ...(zoned && !racksFromVariable(model)
      ? ['Brokers learn their rack from the label of their node, for which the operator binds a ClusterRole.']
      : []),
    'A root file system that cannot be written to is a setting of the kit alone. Pods of the operator have a token for the API, because brokers read their certificates through it.',
    ...(model.mirrorMaker === undefined
      ? []
      : [
          'MirrorMaker has no heartbeats: a KafkaMirrorMaker2 has copies and checkpoints alone, and a flow is watched by the metrics of its workers.',
        ]),
    ...(model.connect === undefined
      ? []
      : ['Failed connectors are started again by the operator (`autoRestart`), with growing pauses.']),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
