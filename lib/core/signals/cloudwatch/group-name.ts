/**
 * Why CloudWatch cannot carry a consumer group: lag metrics are published for ASCII names alone (Amazon MSK developer guide,
 * consumer-lag.html, read 2026-11-27); a value of a dimension does not begin with a colon and has no control characters (CloudWatch API,
 * Dimension); a quote or a backslash would end the text in a query.
 */
export function groupNameProblem(group: string): { readonly message: string; readonly hint: string } | undefined {
  if (/^(?!:)[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(group) && !/['"\\]/.test(group)) return undefined;
  return {
    message: `CloudWatch cannot carry the name of the group, got ${group}; printable ASCII without quotes and backslashes, not beginning with a colon, is allowed.`,
    hint: 'Rename the group, or take its promise out: nobody would ever see that it is behind.',
  };
}
