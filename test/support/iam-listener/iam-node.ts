import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { kafkaRelease } from '../../../lib/core/versions';
import { kafkaHome } from '../../../lib/local/kafka-home';
import { classpath, startBareNodes, type BareNodes } from '../bare-nodes';
import { makeAuthority } from '../certificates';

export interface IamNode {
  readonly node: BareNodes;
  /** `host:port` of the listener that takes tokens of IAM over TLS. */
  readonly bootstrapServers: string;
  /** PEM of the authority that signed its certificate, and a file of the same. */
  readonly authority: string;
  readonly authorityFile: string;
}

/**
 * A real Kafka of three nodes with a listener like that of Amazon MSK for IAM: TLS and OAUTHBEARER with tokens of IAM. Who signed a token is not
 * checked (IamTokenForm.java); with the AWS accounts that are left out, everything else is what a client of MSK meets.
 */
export async function startIamNode(folder: string): Promise<IamNode> {
  const home = await kafkaHome({ version: kafkaRelease('4.1')!.patch, metrics: false, progress: () => undefined });
  const classes = join(folder, 'classes');
  mkdirSync(classes, { recursive: true });
  const javac = join(dirname(home.java.executable), 'javac');
  execFileSync(javac, ['-cp', classpath(home), '-d', classes, join(__dirname, 'IamTokenForm.java')], { stdio: 'pipe' });
  const authority = makeAuthority(folder, 'brokers');
  const { certificate, key } = authority.issue('broker', 'IP:127.0.0.1');
  const authorityFile = join(folder, 'authority.pem');
  writeFileSync(authorityFile, authority.certificate);
  writeFileSync(join(folder, 'node.pem'), `${key}${certificate}`);
  const listener = (name: string): string => `listener.name.iam.${name}`;
  const node = await startBareNodes(home, join(folder, 'nodes'), {
    count: 3,
    listeners: { IAM: 'SASL_SSL' },
    classes,
    properties: {
      [listener('ssl.keystore.type')]: 'PEM',
      [listener('ssl.keystore.location')]: join(folder, 'node.pem'),
      [listener('sasl.enabled.mechanisms')]: 'OAUTHBEARER',
      [listener('oauthbearer.sasl.server.callback.handler.class')]: 'IamTokenForm',
      [listener('oauthbearer.sasl.jaas.config')]:
        'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;',
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS;User:iam',
      'allow.everyone.if.no.acl.found': 'true',
    },
  });
  return {
    node,
    bootstrapServers: node.servers('IAM').join(','),
    authority: authority.certificate,
    authorityFile,
  };
}
