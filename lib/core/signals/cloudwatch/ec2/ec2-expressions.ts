import type { Ec2Expression } from './ec2-expression';
import { EC2_LOAD } from './ec2-load';
import { EC2_SAFETY } from './ec2-safety';

/** How signals are seen of clusters on EC2, by their ids. What is not here nobody sees there. */
export const EC2_EXPRESSIONS: Readonly<Record<string, Ec2Expression>> = { ...EC2_SAFETY, ...EC2_LOAD };
