/** An image as people write it: `registry.example.com/team/kafka:4.3.1@sha256:...`. */
export interface ImageReference {
  /** `registry.example.com/team/kafka` */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 digits. */
  readonly digest?: string;
}

export function imageReference(text: string): ImageReference {
  const [name, digest] = text.split('@') as [string, string?];
  // A colon before a slash belongs to the port of the registry.
  const [, repository, tag] = /^(.*?)(?::([^/:]+))?$/.exec(name)!;
  return {
    repository: repository!,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** Images of the Apache Kafka project, of whatever registry: `jvm` is what brokers run, `native` has neither Java nor tools. */
export function officialKafka(image: string): 'jvm' | 'native' | undefined {
  const name = /(?:^|\/)apache\/kafka(-native)?$/.exec(imageReference(image).repository);
  return name === null ? undefined : name[1] === undefined ? 'jvm' : 'native';
}
