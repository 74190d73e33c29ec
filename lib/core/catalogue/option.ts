export type OptionKind = 'broker' | 'topic' | 'worker';

export type OptionType = 'boolean' | 'string' | 'int' | 'short' | 'long' | 'double' | 'list' | 'class' | 'password';

/** What Kafka allows beyond the type. Bounds are texts, exact for every long. */
export type OptionValidator =
  | { readonly kind: 'range'; readonly min?: string; readonly max?: string; readonly or?: string }
  | { readonly kind: 'one-of' | 'one-of-ignoring-case'; readonly values: readonly string[] }
  | {
      readonly kind: 'list';
      readonly values?: readonly string[];
      readonly nonEmpty?: boolean;
      /** No element twice, and none empty. */
      readonly unique?: boolean;
      readonly maxSize?: number;
    }
  | { readonly kind: 'non-empty' | 'non-null' }
  | { readonly kind: 'all'; readonly validators: readonly OptionValidator[] }
  /** Code that cannot be read as data; only its description. */
  | { readonly kind: 'text'; readonly text: string };

/** `read-only`: a restart; `per-broker`: at run time, broker by broker; `cluster-wide`: at run time, for all alike; `per-topic`: at once. */
export type UpdateMode = 'read-only' | 'per-broker' | 'cluster-wide' | 'per-topic';

/** An option as one version of Kafka knows it. */
export interface OptionInfo {
  readonly kind: OptionKind;
  readonly name: string;
  readonly type: OptionType;
  /** Absent where Kafka has none. */
  readonly defaultValue?: string;
  /** Must be set. */
  readonly required: boolean;
  readonly validator?: OptionValidator;
  readonly update: UpdateMode;
  /** For a topic option: the broker option that gives it its default. */
  readonly brokerOption?: string;
  /** Not part of Kafka's documented interface; may go without notice. */
  readonly internal: boolean;
  readonly importance: 'high' | 'medium' | 'low';
  readonly documentation: string;
  /** The oldest known version that has it. */
  readonly since: string;
  /** The first version that no longer has it. */
  readonly removedIn?: string;
}
