import type { EnvironmentModel, NodeModel } from '../core/model';
import type { HostLayout } from './layout';

/** What the JVM needs is left: it writes code (no MemoryDenyWriteExecute) and reads /proc and /sys of the whole machine. */
const HARDENING = `NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
UMask=0027
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
DevicePolicy=closed
PrivateUsers=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
LockPersonality=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM
`;

/** kafka.service */
export function systemdUnit(
  model: EnvironmentModel,
  node: NodeModel,
  layout: HostLayout,
  service: NonNullable<HostLayout['service']>,
): string {
  const dirs = node.logDirs.map(systemdWord);
  return `[Unit]
Description=Apache Kafka, node ${node.id} (${node.name}) of ${model.name}
Documentation=https://kafka.apache.org/documentation/
Wants=network-online.target
After=network-online.target time-sync.target
# An unmounted data volume must not look like an empty one.
RequiresMountsFor=${dirs.join(' ')}

[Service]
Type=exec
User=${service.user}
Group=${service.group}
ExecStartPre=${systemdWord(`${layout.configDir}/bin/format.sh`)}
ExecStart=${systemdWord(`${layout.configDir}/bin/start.sh`)}
Restart=on-failure
RestartSec=10
# Java answers SIGTERM with 143.
SuccessExitStatus=143
# A controlled shutdown waits up to 5 minutes for a quorum that is gone; killed before its end, a broker recovers its whole log.
TimeoutStopSec=600
KillMode=mixed
# Two files and a socket for every segment and client.
LimitNOFILE=1000000
OOMScoreAdjust=-500
StateDirectory=${systemdDirectory(layout.stateDir, '/var/lib/')}
LogsDirectory=${systemdDirectory(layout.logDir, '/var/log/')}
ReadWritePaths=${dirs.map((dir) => (dir.startsWith('"') ? `"-${dir.slice(1)}` : `-${dir}`)).join(' ')}
${HARDENING}
[Install]
WantedBy=multi-user.target
`;
}

/** systemd unquotes words, and reads `%` as the start of a specifier. */
function systemdWord(path: string): string {
  const escaped = path.replaceAll('%', '%%').replace(/[\\"]/g, '\\$&');
  return /^[A-Za-z0-9_./%@:+-]+$/.test(path) ? escaped : `"${escaped}"`;
}

function systemdDirectory(path: string, below: string): string {
  return path.slice(below.length);
}
