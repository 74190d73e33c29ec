import { nodeCommonName } from '../core/config';
import type { EnvironmentModel, NodeModel } from '../core/model';

/** request.cnf: what the certificate of a node must say, for `openssl req`. Server and client: nodes call each other. */
export function certificateRequest(model: EnvironmentModel, node: NodeModel): string {
  return `# openssl req -new -config request.cnf -newkey rsa:3072 -nodes -keyout node.key -out node.csr
# then, signed by your authority: cat node.key node.crt >node.pem
[req]
prompt = no
distinguished_name = subject
req_extensions = extensions

[subject]
CN = ${nodeCommonName(model)}

[extensions]
subjectAltName = ${/^[0-9.]+$|:/.test(node.host) ? 'IP' : 'DNS'}:${node.host}
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth, clientAuth
`;
}
