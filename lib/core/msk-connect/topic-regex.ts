/** A name or a prefix (`shop.*`), in the kit's words, as the regular expression that MSK Replicator matches whole names with. */
export function replicatorRegex(pattern: string): string {
  const escaped = pattern.replace(/\*$/, '').replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  return pattern.endsWith('*') ? `${escaped}.*` : escaped;
}
