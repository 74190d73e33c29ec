import type { FileArtifact } from '../core/artifact';
import type { EnvironmentModel } from '../core/model';
import { SYSTEM_LAYOUT, type HostLayout } from './layout';
import { renderHost } from './render-host';
import { runbook } from './runbook';

/** Where a Java runtime that the hosts do not have themselves is unpacked. */
const BUNDLED_JAVA_HOME = '/opt/kafka-java';

/** A folder for each host of the environment, and how to use them. */
export function renderHosts(model: EnvironmentModel): FileArtifact[] {
  const layout: HostLayout =
    model.spec.targets?.hosts?.java === 'bundled' ? { ...SYSTEM_LAYOUT, javaHome: BUNDLED_JAVA_HOME } : SYSTEM_LAYOUT;
  return [
    { path: 'RUNBOOK.md', content: runbook(model, layout) },
    ...model.nodes.flatMap((node) =>
      renderHost(model, node, layout).map((file) => ({ ...file, path: `${node.name}/${file.path}` })),
    ),
  ];
}
