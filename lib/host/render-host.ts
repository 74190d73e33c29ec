import type { FileArtifact } from '../core/artifact';
import { jmxExporterRules, log4j2Configuration, serverProperties } from '../core/config';
import type { EnvironmentModel, NodeModel } from '../core/model';
import { certificateRequest } from './certificate-request';
import { checkScript } from './check/check-script';
import { environmentFile } from './environment-file';
import { fingerprintScript } from './fingerprint-script';
import { formatScript } from './format-script';
import { installScript } from './install-script';
import { jvmOptionsFile } from './jvm-options-file';
import { SYSTEM_LAYOUT, type HostLayout } from './layout';
import { startScript } from './start-script';
import { stateScript } from './state-script';
import { SYSCTL } from './sysctl';
import { systemdUnit } from './systemd-unit';

/** Five logs of eleven files each: 5.4 GiB at most. */
const LOG_FILES = { maxFileMiB: 100, maxFiles: 10 };

/** The files of one node. They find each other by their own place, so the folder may be anywhere. */
export function renderHost(
  model: EnvironmentModel,
  node: NodeModel,
  layout: HostLayout = SYSTEM_LAYOUT,
): FileArtifact[] {
  return [
    { path: 'server.properties', content: serverProperties(model, node, layout.tls) },
    {
      path: 'log4j2.yaml',
      content: log4j2Configuration({ files: { directory: layout.logDir, ...LOG_FILES } }),
    },
    ...(node.metricsPort === undefined ? [] : [{ path: 'jmx-exporter.yaml', content: jmxExporterRules() }]),
    { path: 'jvm.options', content: jvmOptionsFile(model, node, layout) },
    { path: 'kafka.env', content: environmentFile(model, node, layout) },
    { path: 'bin/fingerprint.sh', content: fingerprintScript(model, node, layout), executable: true },
    { path: 'bin/format.sh', content: formatScript(model, node), executable: true },
    { path: 'bin/start.sh', content: startScript(model, node), executable: true },
    ...(layout.service === undefined ? [] : systemFiles(model, node, layout, layout.service)),
  ];
}

function systemFiles(
  model: EnvironmentModel,
  node: NodeModel,
  layout: HostLayout,
  service: NonNullable<HostLayout['service']>,
): FileArtifact[] {
  const tls = model.internalListeners?.controller.protocol === 'SSL';
  return [
    { path: 'bin/state.sh', content: stateScript(model, node, layout), executable: true },
    { path: 'kafka.service', content: systemdUnit(model, node, layout, service) },
    { path: '60-kafka.conf', content: SYSCTL },
    ...(tls ? [{ path: 'request.cnf', content: certificateRequest(model, node) }] : []),
    { path: 'check.sh', content: checkScript(model, node, layout, service), executable: true },
    { path: 'install.sh', content: installScript(model, node, layout, service), executable: true },
  ];
}
