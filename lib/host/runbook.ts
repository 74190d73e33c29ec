import { adminCommonName, bootstrapServers, nodeCommonName } from '../core/config';
import { REPLICATION_LISTENER, type EnvironmentModel, type NodeModel } from '../core/model';
import type { HostLayout } from './layout';

/** RUNBOOK.md: what an operator does with the folders of the hosts, from empty machines to the day a disk dies. */
export function runbook(model: EnvironmentModel, layout: HostLayout): string {
  return `# ${model.name}: Apache Kafka ${model.kafka.patch} on ${model.nodes.length} hosts

Rendered from the environment; change that and render again.

| host | address | node | roles | rack | ports | log directories |
| --- | --- | --- | --- | --- | --- | --- |
${model.nodes.map(hostRow).join('\n')}

Commands below use \`KAFKA=${layout.kafkaHome}\`, \`ADMIN=admin.properties\` (the administrator's connection, see Certificates) and
\`BOOTSTRAP=${bootstrapServers(model, REPLICATION_LISTENER)}\`.
${certificates(model)}
## Install

1. Mount the data volumes (XFS, \`noatime\`), each where the table says; a log directory is a folder on its volume, not the mount itself.
   In \`/etc/fstab\`: \`UUID=... /data/1 xfs noatime,nofail 0 2\`, so that a dead disk does not keep the host from starting.
2. \`kdk packages ${model.name} --out THIS-FOLDER${layout.javaHome === undefined ? '' : ' --java ARCHIVE'}\` puts everything that is installed beside the files of each host. The hosts need no internet access.
3. Copy each folder to its host, with its \`node.pem\` and \`ca.crt\` beside \`install.sh\`, readable for root alone.
4. On each host, in any order: \`sudo ./install.sh --check\` says all that is wrong and changes nothing; \`sudo ./install.sh\` installs.
   Brokers wait five minutes for the quorum, and are started again if it takes longer.
5. See the quorum: \`$KAFKA/bin/kafka-metadata-quorum.sh --bootstrap-server $BOOTSTRAP --command-config $ADMIN describe --status\`
${model.formation === 'first' ? firstFormation(model) : ''}
## Change settings

\`kdk roll ${model.name} --command-config $ADMIN --dry-run\` says what would be copied where, which nodes would be restarted and why; the same
without \`--dry-run\` does it. Add \`--from FOLDER\` to install this very folder rather than what the environment gives now.
By hand: render, copy, and run \`install.sh\` on every host; it writes what differs and restarts nothing. Then restart what
\`sudo ${layout.configDir}/bin/state.sh\` on a host calls due, one node at a time, see below.

## Restart

\`kdk roll ${model.name} --command-config $ADMIN --nodes NODE --all\`. It stops at the first doubt, and run again does what is left.
By hand: one node at a time, brokers first, then controllers, the active controller last (\`describe --status\` names it). Before each one
\`kdk may-restart ${model.name} NODE --command-config $ADMIN\` has to say yes, and before the first and after the last no
partition may be under-replicated:
\`$KAFKA/bin/kafka-topics.sh --bootstrap-server $BOOTSTRAP --command-config $ADMIN --describe --under-replicated-partitions\` prints nothing.
Then \`sudo systemctl restart kafka.service\`. A stop is a controlled shutdown and may take up to ten minutes; never kill it before.

## A disk died

Replace and mount it, then \`sudo ./install.sh\` and \`sudo systemctl restart kafka.service\`. A broker copies its replicas back from the others.
${controllerDisk(model)}
## A disk is too small

Grow the volume, and its file system while the node runs (\`sudo xfs_growfs MOUNT\`, \`resize2fs\` for ext4); Kafka takes what is there. A
further volume is another log directory: declare it, and \`kdk render ${model.name} --day2 DIR\` writes the steps.

## A host died

Give its successor the same address, copy the folder and run \`install.sh\`. With the old volumes attached it goes on where it was;
\`bin/format.sh\` refuses volumes of another node or cluster.

## A newer Kafka

1. Raise \`kafka.version\`, render, fetch the packages (\`kdk packages ${model.name} --out FOLDER\`), then
   \`kdk roll ${model.name} --command-config $ADMIN --from FOLDER\`. Interrupted, it goes on where it was; until the next step the old version
   is put back the same way.
2. When all is well for some days: \`kdk upgrade-features ${model.name} --command-config $ADMIN\`. This cannot be taken back, and an older
   Kafka is refused from then on.

## Logs

\`${layout.logDir}\`: \`server.log\`, \`controller.log\`, \`state-change.log\`, \`kafka-authorizer.log\` (what was denied), \`log-cleaner.log\`, \`gc.log\`;
\`journalctl -u kafka\`: start, stop, warnings.
`;
}

function hostRow(node: NodeModel): string {
  const ports = Object.entries(node.ports).map(([name, port]) => `${port} ${name.toLowerCase()}`);
  if (node.metricsPort !== undefined) ports.push(`${node.metricsPort} metrics`);
  const cells = [node.name, node.host, String(node.id), node.roles.join(', '), node.rack ?? '', ports.join(', ')];
  return `| ${cells.join(' | ')} | ${node.logDirs.map((dir) => `\`${dir}\``).join(', ')} |`;
}

function certificates(model: EnvironmentModel): string {
  if (model.internalListeners?.controller.protocol !== 'SSL') return '';
  return `
## Certificates

Nodes prove who they are to each other by certificates of your own authority: common name \`${nodeCommonName(model)}\` (the same on all, this is
what makes a node a node), and the host's address as subject alternative name. \`node.pem\` is the private key (PKCS #8, not encrypted)
followed by the certificate and its chain; \`ca.crt\` holds the authorities. The administrator's has the common name \`${adminCommonName(model)}\`.

A site without an authority has one by the kit, in a folder \`DIR\` that is never committed:

\`\`\`sh
kdk certificates init ${model.name} --dir DIR     # once
kdk certificates issue ${model.name} --dir DIR    # hosts/HOST/node.pem, admin/admin.properties; again: what is near its end
kdk certificates ${model.name} --dir DIR          # how long each is good; exit status 1 where one is near its end
\`\`\`

An authority of the company signs what \`request.cnf\` in each folder asks for; the administrator then has \`admin.properties\` like this:

\`\`\`properties
security.protocol=SSL
ssl.keystore.type=PEM
ssl.keystore.location=admin.pem
ssl.truststore.type=PEM
ssl.truststore.location=ca.crt
\`\`\`

A node reads a renewed certificate at its next start: \`kdk roll ${model.name} --certificates DIR\`, or by hand as under Restart. Where the authority
gets another key, \`kdk certificates rotate ${model.name} --dir DIR\` says the steps: both are trusted in between, with a roll after each.
`;
}

function firstFormation(model: EnvironmentModel): string {
  return `
### After the first formation

Record that the cluster is formed (\`kdk lock ${model.name} --formed\`), commit the lock file, render again and run \`install.sh\` once more on
every controller. From then on an empty disk never begins as the voter that it once was, not even on a host that was set up anew.
`;
}

function controllerDisk(model: EnvironmentModel): string {
  if (model.kafka.autoJoin)
    return 'A controller joins the quorum under a new directory id and takes the place of its old self within a minute.';
  return `A controller comes back as an observer. Make it a voter again: \`$KAFKA/bin/kafka-metadata-quorum.sh --bootstrap-server $BOOTSTRAP
--command-config $ADMIN remove-controller --controller-id ID --controller-directory-id OLD\` (\`describe --replication\` shows both), then on its
host \`add-controller\` with \`--command-config /etc/kafka/server.properties\`.`;
}
