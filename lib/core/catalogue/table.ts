import { KAFKA_VERSIONS } from '../versions';
import type { OptionInfo, OptionKind, OptionType, OptionValidator, UpdateMode } from './option';

/** What may differ between versions. */
interface VersionedFields {
  readonly type?: OptionType;
  readonly required?: boolean;
  readonly default?: string | null;
  readonly validator?: OptionValidator;
  readonly update?: UpdateMode;
  readonly broker?: string;
  readonly internal?: boolean;
}

/** An option as data/*.json holds it: what its oldest version says, and what each later one changed. */
interface OptionRecord extends VersionedFields {
  readonly since: string;
  readonly removedIn?: string;
  readonly changes?: Readonly<
    Record<string, VersionedFields & { readonly without?: readonly (keyof VersionedFields)[] }>
  >;
  readonly importance: OptionInfo['importance'];
  readonly documentation: string;
}

export interface OptionData {
  /** When the content last changed. */
  readonly date: string;
  readonly source: string;
  /** The release that each version was read from. */
  readonly releases: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, OptionRecord>>;
}

/** The versions that have an option. */
export interface OptionLife {
  readonly since: string;
  readonly removedIn?: string;
}

/** Options of one kind in all versions. The data is loaded when the first question is asked. */
export class OptionTable {
  private loaded?: OptionData;
  private readonly infos = new Map<string, Map<string, OptionInfo | undefined>>();
  private readonly namesByVersion = new Map<string, readonly string[]>();

  constructor(
    readonly kind: OptionKind,
    private readonly load: () => OptionData,
  ) {}

  get data(): OptionData {
    this.loaded ??= this.load();
    return this.loaded;
  }

  /** The option as `version` (`4.1`) knows it; undefined where that version does not have it. */
  option(name: string, version: string): OptionInfo | undefined {
    let ofVersion = this.infos.get(version);
    if (ofVersion === undefined) this.infos.set(version, (ofVersion = new Map()));
    if (!ofVersion.has(name)) ofVersion.set(name, this.read(name, version));
    return ofVersion.get(name);
  }

  /** Undefined where no known version has the option. */
  life(name: string): OptionLife | undefined {
    return this.record(name);
  }

  /** Names of the options of a version, sorted; those that Kafka keeps for itself left out. */
  names(version: string): readonly string[] {
    let names = this.namesByVersion.get(version);
    if (names === undefined) {
      names = Object.keys(this.data.options).filter((name) => this.option(name, version)?.internal === false);
      this.namesByVersion.set(version, names);
    }
    return names;
  }

  private record(name: string): OptionRecord | undefined {
    return Object.hasOwn(this.data.options, name) ? this.data.options[name] : undefined;
  }

  private read(name: string, version: string): OptionInfo | undefined {
    const record = this.record(name);
    const wanted = KAFKA_VERSIONS.indexOf(version);
    if (record === undefined || wanted < KAFKA_VERSIONS.indexOf(record.since)) return undefined;
    if (record.removedIn !== undefined && wanted >= KAFKA_VERSIONS.indexOf(record.removedIn)) return undefined;
    let fields: VersionedFields = record;
    for (const [changedIn, { without, ...change }] of Object.entries(record.changes ?? {})) {
      if (KAFKA_VERSIONS.indexOf(changedIn) > wanted) break;
      fields = { ...fields, ...change };
      for (const key of without ?? []) fields = { ...fields, [key]: undefined };
    }
    return {
      kind: this.kind,
      name,
      type: fields.type as OptionType,
      ...(typeof fields.default === 'string' ? { defaultValue: fields.default } : {}),
      required: fields.required === true,
      ...(fields.validator === undefined ? {} : { validator: fields.validator }),
      update: fields.update ?? (this.kind === 'topic' ? 'per-topic' : 'read-only'),
      ...(fields.broker === undefined ? {} : { brokerOption: fields.broker }),
      internal: fields.internal === true,
      importance: record.importance,
      documentation: record.documentation,
      since: record.since,
      ...(record.removedIn === undefined ? {} : { removedIn: record.removedIn }),
    };
  }
}
