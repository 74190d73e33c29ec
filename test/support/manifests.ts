import { parse } from 'yaml';
import { renderKubernetes } from '../../charts/render';
import type { EnvironmentModel } from '../../lib/core/model';
import { modelOfText } from './environments';

/** An object of Kubernetes as it was rendered; tests reach into it as they need. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Manifest = any;

export class ManifestList {
  constructor(readonly all: readonly Manifest[]) {}

  ofKind(kind: string): Manifest[] {
    return this.all.filter((object) => object.kind === kind);
  }

  get(kind: string, name: string): Manifest {
    const found = this.ofKind(kind).find((object) => object.metadata.name === name);
    if (found === undefined) {
      const names = this.ofKind(kind).map((object) => object.metadata.name as string);
      throw new Error(`there is no ${kind} ${name}; there are ${names.join(', ')}`);
    }
    return found;
  }
}

/** What an environment renders. */
export class Manifests extends ManifestList {
  constructor(readonly model: EnvironmentModel) {
    super(renderKubernetes(model).map(({ content }) => parse(content) as Manifest));
  }
}

export interface KubernetesText {
  readonly pools?: string;
  readonly listeners?: string;
  /** More keys of targets.kubernetes, in YAML's flow style. */
  readonly settings?: string;
  readonly version?: string;
  /** More top-level YAML. */
  readonly more?: string;
}

/** YAML of a small environment on Kubernetes. */
export function kubernetesText(text: KubernetesText = {}): string {
  const {
    pools = '{ controllers: { roles: [controller], replicas: 3, volumes: [{ size: 1GiB }] }, brokers: { roles: [broker], replicas: 3, volumes: [{ size: 1GiB }] } }',
    listeners = '{ internal: { authentication: scram-sha-512 } }',
    settings = '',
    version = '1.34',
    more = '',
  } = text;
  return `name: small
target: kubernetes
kafka: { version: '4.3' }
nodePools: ${pools}
listeners: ${listeners}
targets:
  kubernetes: { version: '${version}', namespace: kafka, images: { kafka: 'registry.example/kafka:4.3.1' }${settings === '' ? '' : `, ${settings}`} }
${more}`;
}

export function manifestsOfText(text: KubernetesText = {}): Manifests {
  return new Manifests(modelOfText(kubernetesText(text)));
}
