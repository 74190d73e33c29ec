const PREFIXES = ['__kdk_', '__amazon_msk', '__cluster_metadata', '__share_group_state'];

/** Topics that Kafka, Amazon MSK and this kit make for themselves, whether they are marked as internal or not. */
export function isToolTopic({ name, internal }: { readonly name: string; readonly internal: boolean }): boolean {
  return internal || PREFIXES.some((prefix) => name.startsWith(prefix));
}
