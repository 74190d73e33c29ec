// What a synthesised app would deploy, counted over its templates.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The network is counted apart: every peer makes another one. */
const NETWORK =
  /^AWS::EC2::(VPC|VPCEndpoint|Subnet|RouteTable|Route|SubnetRouteTableAssociation|InternetGateway|VPCGatewayAttachment|NatGateway|EIP|FlowLog)$/;

/** The role and the log of a flow log are the network's too. */
const OF_FLOW_LOG = /RejectedTraffic/;

export function census(folder) {
  const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  const counts = { beside: 0, topics: 0, functions: 0, roles: 0 };
  for (const file of templates) {
    const { Resources = {} } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    for (const [id, { Type }] of Object.entries(Resources)) {
      if (Type === 'AWS::MSK::Topic') counts.topics += 1;
      else if (!NETWORK.test(Type) && !OF_FLOW_LOG.test(id)) counts.beside += 1;
      if (Type === 'AWS::Lambda::Function') counts.functions += 1;
      if (Type === 'AWS::IAM::Role') counts.roles += 1;
    }
  }
  return counts;
}

export function printCensus(rows) {
  console.log('\nWhat would be deployed');
  console.log(
    `${'what'.padEnd(34)} ${'beside VPC and topics'.padStart(22)} ${'topics'.padStart(7)} ${'functions'.padStart(10)} ${'roles'.padStart(6)}`,
  );
  for (const { name, beside, topics, functions, roles } of rows) {
    const figures = [String(beside).padStart(22), String(topics).padStart(7), String(functions).padStart(10)];
    console.log(`${name.padEnd(34)} ${figures.join(' ')} ${String(roles).padStart(6)}`);
  }
}
