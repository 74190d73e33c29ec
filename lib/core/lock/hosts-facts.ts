import { formatPath } from '../issue';
import type { EnvironmentModel } from '../model/model';
import { listenerFacts } from './cluster-facts';

/** What disks, certificates and clients of hosts hold on to, by the path where it is written. */
export function hostsFacts(model: EnvironmentModel): Record<string, string> {
  return {
    ...listenerFacts(model),
    ...Object.fromEntries(
      model.nodes.flatMap(({ name, host, logDirs }) => {
        const at = (field: string): string => formatPath(['targets', 'hosts', 'inventory', name, field]);
        return [
          [at('address'), host],
          [at('logDirs'), [...logDirs].sort().join(',')],
        ];
      }),
    ),
  };
}
