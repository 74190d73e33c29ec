import { jvmOptions } from '../core/config';
import type { EnvironmentModel, NodeModel } from '../core/model';
import type { HostLayout } from './layout';

/** jvm.options: an argument file of `java`, where quotes keep paths with blanks in one piece. */
export function jvmOptionsFile(model: EnvironmentModel, node: NodeModel, layout: HostLayout): string {
  return jvmOptions(model, node, { logDir: layout.logDir })
    .map((option) => `"${option.replace(/[\\"]/g, '\\$&')}"\n`)
    .join('');
}
