import type { EnvironmentModel, NodeModel } from '../../../core/model';

/** Where everything of the node is on an instance; below it `files` is the folder that the stack has now. */
export const INSTANCE_FOLDER = '/opt/kafka-node';

/** kafka-node.service: before Kafka at every start of the instance, and not only at its first as user data are. */
export function nodeUnit(model: EnvironmentModel, node: NodeModel): string {
  return `[Unit]
Description=Interface, volumes and files of the Kafka node ${node.id} (${node.name}) of ${model.name}
Wants=network-online.target
After=network-online.target
Before=kafka.service
StartLimitIntervalSec=0

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/bash ${INSTANCE_FOLDER}/files/boot.sh start
# By a job that waits for this unit: on the first start of an instance nothing else starts Kafka.
ExecStartPost=/usr/bin/systemctl start --no-block kafka.service
# A former instance may hold a volume for long; what ends the script may be mended by somebody.
TimeoutStartSec=infinity
Restart=on-failure
RestartSec=30

[Install]
WantedBy=multi-user.target
`;
}

/** kafka-lifecycle.service: gives Kafka its controlled shutdown before the Auto Scaling group ends the instance. */
export function lifecycleUnit(model: EnvironmentModel, node: NodeModel): string {
  return `[Unit]
Description=Stops the Kafka node ${node.id} (${node.name}) of ${model.name} in order before its instance ends
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/bin/bash ${INSTANCE_FOLDER}/files/boot.sh watch
Restart=always
RestartSec=10

[Install]
WantedBy=multi-user.target
`;
}
