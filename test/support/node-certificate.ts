import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { KafkaHome } from '../../lib/local/kafka-home';
import { runJava } from './bare-nodes';

export interface NodeCertificate {
  /** PKCS #8. */
  readonly key: string;
  readonly chain: string;
}

/** A certificate of the nodes of `small` on 127.0.0.1 that vouches for itself, by the JDK alone; in a pod it comes from a Secret. */
export async function nodeCertificate(home: KafkaHome, store: string): Promise<NodeCertificate> {
  const keytool = (...args: string[]): string =>
    execFileSync(join(home.java.executable, '../keytool'), [...args, '-keystore', store, '-storepass', 'password'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const names = ['-dname', 'CN=node:small', '-ext', 'san=ip:127.0.0.1'];
  keytool('-genkeypair', '-alias', 'node', '-keyalg', 'EC', ...names, '-storetype', 'PKCS12');
  return {
    chain: keytool('-exportcert', '-rfc', '-alias', 'node'),
    key: await runJava(home, [join(__dirname, '../broker/java/ExportKey.java'), store, 'password']),
  };
}
