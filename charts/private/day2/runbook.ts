import type { FileArtifact } from '../../../lib/core/artifact';
import { section, type Step, type Work } from '../../../lib/core/day2';
import type { EnvironmentModel } from '../../../lib/core/model';
import { commandJob, jobName } from './command-job';

export interface Runbook {
  readonly model: EnvironmentModel;
  /** What was it made against. */
  readonly since: string;
  readonly steps: readonly Step[];
  /** What is due one day. */
  readonly standing: readonly Step[];
}

/** The steps as one text, and the Jobs that they name. */
export function runbookFiles({ model, since, steps, standing }: Runbook): FileArtifact[] {
  const { namespace } = model.spec.targets!.kubernetes!;
  const jobs: FileArtifact[] = [];
  const sections = steps.map((step, index) => section(`${index + 1}. ${step.title}`, step, work));
  const later = standing.map((step) => section(step.title, step, work));
  const text = [
    `# ${model.name}: from ${since} to what is written now\n`,
    `In this order, each step when the one before is done. \`MANIFESTS\` is the folder that \`kdk render ${model.name} --out\` wrote; stop Argo CD or Flux from applying it by itself until the last step. Afterwards run \`kdk lock ${model.name}\`, and commit the lock.\n`,
    ...(steps.length === 0
      ? ['Nothing differs that takes more than an apply:\n', '```sh\nkubectl apply -f "$MANIFESTS"\n./roll.sh\n```\n']
      : [
          '## Before\n',
          'The cluster is whole: every pod is Ready, and no partition lacks a replica.\n',
          '```sh\n./roll.sh --dry-run # says where it is not\n```\n',
          ...sections,
        ]),
    '# What is due one day\n',
    ...later,
  ].join('\n');
  return [{ path: 'runbook.md', content: text }, ...jobs].sort((a, b) => (a.path < b.path ? -1 : 1));

  function work(what: Work): string[] {
    if (model.spec.targets!.kubernetes!.images.tools === undefined)
      return [
        `kdk ${what.command.join(' ')} --command-config admin.properties # from a pod with the label kafka-deployment-kit/admin: ${model.name}`,
      ];
    const file = `job-${what.name}.yaml`;
    const name = jobName(model, what);
    if (!jobs.some(({ path }) => path === file)) jobs.push({ path: file, content: commandJob(model, what) });
    return [
      `kubectl -n ${namespace} delete job ${name} --ignore-not-found`,
      `kubectl apply -f ${file}`,
      `kubectl -n ${namespace} wait --for=condition=Ready pod -l job-name=${name} --timeout=5m; kubectl -n ${namespace} logs -f job/${name}`,
      `kubectl -n ${namespace} wait --for=condition=Complete job/${name} --timeout=24h`,
    ];
  }
}
