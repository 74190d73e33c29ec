/** Codes of issues that are found before there is a model: reading, merging and checking against the schema. */
export const FILE_CODES: readonly {
  readonly family: string;
  readonly codes: readonly { readonly code: string; readonly what: string; readonly why: string }[];
}[] = [
  {
    family: 'Reading files',
    codes: [
      {
        code: 'FILE-UNREADABLE',
        what: 'The environment file is there and can be read.',
        why: 'There is nothing to check.',
      },
      {
        code: 'YAML-TOO-LARGE',
        what: 'A file has at most 5 MiB.',
        why: '10,000 topics take about 1 MiB: a larger file is most often not an environment.',
      },
      {
        code: 'YAML-BINARY',
        what: 'A file is UTF-8 text without control characters.',
        why: 'Anything else is most often another kind of file.',
      },
      { code: 'YAML-EMPTY', what: 'A file says something.', why: 'An environment needs at least a name and a target.' },
      { code: 'YAML-SYNTAX', what: 'A file is YAML 1.2.', why: 'What cannot be read cannot be checked.' },
      {
        code: 'YAML-MULTIPLE-DOCUMENTS',
        what: 'A file is one document.',
        why: 'Which of several would be the environment cannot be known.',
      },
      { code: 'YAML-NOT-A-MAP', what: 'A file is a map.', why: 'An environment is keys with values.' },
      {
        code: 'YAML-DUPLICATE-KEY',
        what: 'Each key stands once in its map.',
        why: 'Readers of YAML silently take the first or the last.',
      },
      {
        code: 'YAML-ALIAS',
        what: 'There are no anchors and aliases.',
        why: 'They hide what a value is, and a few lines of them can grow to gigabytes.',
      },
      {
        code: 'YAML-MERGE-KEY',
        what: 'There are no merge keys (<<).',
        why: 'YAML 1.2 has none; extends does it visibly.',
      },
      { code: 'YAML-TAG', what: 'There are no tags.', why: 'Values are plain; a tag could make them something else.' },
      {
        code: 'YAML-KEY',
        what: 'Keys are plain words, and none is __proto__.',
        why: 'Nothing in an environment has another key.',
      },
      { code: 'YAML-TOO-DEEP', what: 'Nesting has at most 64 levels.', why: 'An environment has fewer than ten.' },
    ],
  },
  {
    family: 'Extending files',
    codes: [
      {
        code: 'EXTENDS-MISSING',
        what: 'A file that is extended is there and can be read.',
        why: 'Half an environment is none.',
      },
      { code: 'EXTENDS-CYCLE', what: 'Files do not extend each other in a circle.', why: 'There would be no end.' },
      {
        code: 'EXTENDS-TOO-LONG',
        what: 'At most 16 files extend each other.',
        why: 'Nobody can follow where a value comes from.',
      },
    ],
  },
  {
    family: 'Running pods for the brokers of another file',
    codes: [
      {
        code: 'BROKERS-MISSING',
        what: 'The file of the brokers is there and can be read.',
        why: 'What runs in the pods is said there.',
      },
      {
        code: 'BROKERS-NESTED',
        what: 'The file that brokers names describes a cluster; it is not the file itself, and adds to no other.',
        why: 'A cluster has one file that says what it is.',
      },
      {
        code: 'PODS-KEY',
        what: 'A file with brokers says where pods run and nothing else.',
        why: 'All else would be said twice, or ignored.',
      },
      { code: 'PODS-TARGET', what: 'The target of a file with brokers is kubernetes.', why: 'Pods run nowhere else.' },
      {
        code: 'PODS-NAME',
        what: 'A file with brokers has a name of its own.',
        why: 'connect.runtime says by that name where the pods run.',
      },
    ],
  },
  {
    family: 'Adding to the cluster of another file',
    codes: [
      {
        code: 'CLUSTER-MISSING',
        what: 'The file whose cluster is added to is there and can be read.',
        why: 'What the cluster is like is known from there.',
      },
      {
        code: 'CLUSTER-NESTED',
        what: 'The file that cluster names describes a cluster; it is not the file itself and has no cluster either.',
        why: 'A cluster has one file that says what it is.',
      },
      {
        code: 'CLUSTER-NAME',
        what: 'A file that adds to a cluster has another name than the cluster.',
        why: 'What belongs to whom is known by the name.',
      },
      {
        code: 'SPEC-CLUSTER-KEY',
        what: 'A file that adds to a cluster speaks of topics, principals and secrets only.',
        why: 'Everything else is true of the whole cluster and said in its file.',
      },
      {
        code: 'OWNS-MISSING',
        what: 'A file that adds to a cluster says what belongs to it.',
        why: 'Several files share a cluster because each stays inside its own scope.',
      },
      {
        code: 'OWNS-TWICE',
        what: 'No topic, principal or user is declared by a file and by the one of its cluster, and its scope covers nothing of that.',
        why: 'Two files that own the same thing undo each other with every apply.',
      },
      {
        code: 'OWNS-OVERLAP',
        what: 'The same holds between files that add to the same cluster, where several are validated together.',
        why: 'Two files that own the same thing undo each other with every apply.',
      },
    ],
  },
  {
    family: 'The schema',
    codes: [
      {
        code: 'SPEC-UNKNOWN-KEY',
        what: 'Every key is one of the schema; below override, a section that a target may override.',
        why: 'A mistyped key that is ignored is found in production.',
      },
      {
        code: 'SPEC-REQUIRED',
        what: 'The keys that are needed are there.',
        why: 'They have no default that would be right.',
      },
      {
        code: 'SPEC-TYPE',
        what: 'A value has the type of its key.',
        why: 'YAML reads 4.10 as 4.1 and 0123 as a number.',
      },
      {
        code: 'SPEC-VALUE',
        what: 'A value has the form of its key, or is one of its words.',
        why: 'It would be refused later, or mean something else.',
      },
      {
        code: 'SPEC-RANGE',
        what: 'A number, text or list is within its bounds.',
        why: 'Kafka, AWS or Kubernetes would refuse it.',
      },
      {
        code: 'SPEC-UNIT',
        what: 'Durations, sizes and rates have a unit and are above zero.',
        why: '7 may be days or milliseconds.',
      },
      { code: 'SPEC-VERSION', what: 'A version is a quoted text.', why: 'YAML reads 4.10 as the number 4.1.' },
      {
        code: 'SPEC-NAME',
        what: 'Names of pools, listeners, connectors, mirrors and hosts are short lower-case words.',
        why: 'They become part of names in DNS, AWS and Kubernetes.',
      },
      {
        code: 'SPEC-DUPLICATE',
        what: 'No entry stands twice in a list.',
        why: 'A rack that is named twice holds two copies of what should be apart.',
      },
      {
        code: 'KAFKA-VERSION-UNKNOWN',
        what: 'The kit knows the Kafka version.',
        why: 'Its options and its features are not known otherwise.',
      },
    ],
  },
  {
    family: 'Lock file and acknowledgements',
    codes: [
      {
        code: 'LOCK-UNREADABLE',
        what: 'The lock file is one that kdk lock wrote.',
        why: 'Without it nothing notices that ids, partitions or subnets change by accident.',
      },
      {
        code: 'ACKNOWLEDGEMENT-UNUSED',
        what: 'Every acknowledgement matches a change (warning).',
        why: 'Each allows exactly one change and has then done its work.',
      },
    ],
  },
];
