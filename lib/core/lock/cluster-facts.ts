import { formatPath } from '../issue';
import type { EnvironmentModel } from '../model/model';

/** How clients come in; whoever knocks at another door than they know is left outside. */
export function listenerFacts({ listeners }: EnvironmentModel): Record<string, string> {
  return Object.fromEntries(
    listeners.map(({ name, protocol, authentication, port }) => [
      formatPath(['listeners', name]),
      `${protocol} ${authentication} ${port}`,
    ]),
  );
}

/** What changes by a roll of all nodes, wherever they run; never an error by itself. */
export function clusterState({ kafka, authorization }: EnvironmentModel): Record<string, string> {
  return {
    kafkaVersion: kafka.version,
    metadataVersion: kafka.metadataVersion,
    authorization: authorization ? 'on' : 'off',
  };
}
