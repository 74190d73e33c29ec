import { AVAILABILITY_SIGNALS } from './availability';
import { CLIENT_SIGNALS } from './clients';
import { EC2_EXPRESSIONS } from './cloudwatch/ec2/ec2-expressions';
import { MSK_EXPRESSIONS } from './cloudwatch/msk-expressions';
import { LOAD_SIGNALS } from './load';
import { MIRROR_SIGNALS } from './mirrors';
import { AWS_SIGNALS } from './on-aws';
import { SAFETY_SIGNALS } from './safety';
import { EXPORTER_SIGNALS } from './seen-by-exporter';
import type { Signal } from './signal';
import { WORKER_SIGNALS } from './workers';

export const SIGNALS: readonly Signal[] = [
  ...SAFETY_SIGNALS,
  ...AVAILABILITY_SIGNALS,
  ...LOAD_SIGNALS,
  ...EXPORTER_SIGNALS,
  ...WORKER_SIGNALS,
  ...MIRROR_SIGNALS,
  ...CLIENT_SIGNALS,
  ...AWS_SIGNALS,
].map((signal) => {
  const msk = MSK_EXPRESSIONS[signal.id];
  const ec2 = EC2_EXPRESSIONS[signal.id];
  return { ...signal, ...(msk === undefined ? {} : { msk }), ...(ec2 === undefined ? {} : { ec2 }) };
});
