import type { FileArtifact } from '../core/artifact';
import { Failure, type Issue } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import type { TargetName } from '../core/spec';
import { localRoot, nodeLayout } from '../local/node-folder';

type Renderer = (model: EnvironmentModel) => FileArtifact[];

/** How each target is rendered; the code and the libraries of the others are not loaded. */
const RENDERERS: Readonly<Record<TargetName, Renderer>> = {
  msk: renderMsk,
  'msk-serverless': renderMsk,
  ec2: (model) =>
    load(() => require('../selfmanaged/render') as typeof import('../selfmanaged/render')).renderEc2Templates(model),
  kubernetes: (model) =>
    load(() => require('../../charts/render') as typeof import('../../charts/render')).renderKubernetes(model),
  hosts: (model) => load(() => require('../host') as typeof import('../host')).renderHosts(model),
  local: renderLocal,
};

/** The files that deploy an environment on its target. */
export function renderTarget(model: EnvironmentModel): FileArtifact[] {
  return RENDERERS[renderedTarget(model)](model);
}

/** Where the files go: the target, or Kubernetes for pods whose brokers are elsewhere. */
export function renderedTarget({ target, brokersElsewhere }: EnvironmentModel): TargetName {
  return brokersElsewhere === undefined ? target : 'kubernetes';
}

/** Other ways to deploy a target than the kit's own. */
export const BACKENDS = ['strimzi'] as const;
export type Backend = (typeof BACKENDS)[number];

/** The same environment for an operator, with what of it that cannot say. */
export function renderBackend(
  _: Backend,
  model: EnvironmentModel,
): { readonly files: readonly FileArtifact[]; readonly issues: readonly Issue[] } {
  return load(() => require('../../charts/strimzi') as typeof import('../../charts/strimzi')).renderStrimzi(model);
}

function renderMsk(model: EnvironmentModel): FileArtifact[] {
  return load(() => require('../msk/render') as typeof import('../msk/render')).renderMskTemplates(model);
}

/** The CDK and cdk8s are peers of the kit: a project that does not deploy with them need not have them. */
function load<Module>(require: () => Module): Module {
  try {
    return require();
  } catch (error) {
    const missing = /Cannot find module '((?:@[^/']+\/)?[^./'][^/']*)/.exec((error as Error).message)?.[1];
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND' || missing === undefined) throw error;
    throw new Failure(
      'LIBRARY-MISSING',
      `a library that this target needs is not installed, got none of the name ${missing}; it must be in node_modules.`,
      `Run npm install ${missing}.`,
    );
  }
}

/** What `kdk up` writes for each node before it starts them. */
function renderLocal(model: EnvironmentModel): FileArtifact[] {
  const { renderHost } = require('../host') as typeof import('../host');
  const { kafkaPaths } = require('../local/kafka-home') as typeof import('../local/kafka-home');
  const kafka = kafkaPaths(model.kafka.patch);
  const root = localRoot('.', model.name);
  return model.nodes.flatMap((node) =>
    renderHost(model, node, nodeLayout(root, node.name, kafka)).map((file) => ({
      ...file,
      path: `${node.name}/${file.path}`,
    })),
  );
}
