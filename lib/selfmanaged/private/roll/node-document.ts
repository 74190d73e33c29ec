import { INSTANCE_FOLDER } from '../instance/units';

/** Document of Systems Manager: the orders that an instance of a node takes. No other text reaches its shell. */
export function nodeDocument(): object {
  return {
    schemaVersion: '2.2',
    description: 'Orders to an instance of a Kafka node',
    parameters: {
      order: {
        type: 'String',
        description:
          'update: takes the files of the stack, restarts nothing; restart: of Kafka; state: how the node is',
        allowedValues: ['update', 'restart', 'state'],
      },
    },
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'order',
        inputs: {
          // A controlled shutdown has ten minutes.
          timeoutSeconds: '840',
          runCommand: [
            "case '{{ order }}' in",
            `update) exec bash ${INSTANCE_FOLDER}/files/boot.sh update ;;`,
            'restart) exec systemctl restart kafka.service ;;',
            'state) exec sh /etc/kafka/bin/state.sh ;;',
            'esac',
          ],
        },
      },
    ],
  };
}
