/** Kernel settings of a host that runs a broker; the values of Confluent's Ansible collection and Canonical's Kafka guide. */
export const SYSCTL = `# Two memory maps for every log segment: the default of 65530 ends at some 32,000 segments.
vm.max_map_count = 262144
# Kafka lives on the page cache; a heap that was swapped out pauses for seconds.
vm.swappiness = 1
# Writing back begins early and in the background, and producers wait for it only in the last resort.
vm.dirty_background_ratio = 5
vm.dirty_ratio = 80
`;
