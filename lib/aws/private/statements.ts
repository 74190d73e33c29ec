/** A statement of a policy. */
export const allow = (actions: readonly string[], resources: readonly string[]) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
});

/**
 * Network interfaces of a function in a VPC; these actions have no resource of its own before they are made:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const FUNCTION_INTERFACES = allow(
  ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface'],
  ['*'],
);

/** The policy of a role that a service takes on: `lambda`. */
export const trustOf = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' }],
});
