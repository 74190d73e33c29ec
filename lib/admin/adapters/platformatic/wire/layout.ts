import type { ByteReader, ByteWriter } from './bytes';

/**
 * How a value is laid out in a request or an answer. Messages are declared in these words, field by field as in Kafka's own message
 * definitions; the flexible versions of the protocol (KIP-482) unless a name says otherwise.
 */
export interface Layout<T> {
  /** What Kafka calls it where it prints its own definitions; tests compare them. */
  readonly type: string;
  write(to: ByteWriter, value: T): void;
  read(from: ByteReader): T;
}

export type ValueOf<L> = L extends Layout<infer T> ? T : never;

export const int8: Layout<number> = {
  type: 'INT8',
  write: (to, value) => to.int8(value),
  read: (from) => from.int8(),
};
export const int16: Layout<number> = {
  type: 'INT16',
  write: (to, value) => to.int16(value),
  read: (from) => from.int16(),
};
export const uint16: Layout<number> = {
  type: 'UINT16',
  write: (to, value) => to.uint16(value),
  read: (from) => from.uint16(),
};
export const int32: Layout<number> = {
  type: 'INT32',
  write: (to, value) => to.int32(value),
  read: (from) => from.int32(),
};
export const int64: Layout<bigint> = {
  type: 'INT64',
  write: (to, value) => to.int64(value),
  read: (from) => from.int64(),
};
export const float64: Layout<number> = {
  type: 'FLOAT64',
  write: (to, value) => to.float64(value),
  read: (from) => from.float64(),
};
export const boolean: Layout<boolean> = {
  type: 'BOOLEAN',
  write: (to, value) => to.int8(value ? 1 : 0),
  read: (from) => from.int8() !== 0,
};

/** As Kafka prints ids: 22 characters of URL-safe base64. */
export const uuid: Layout<string> = {
  type: 'UUID',
  write: (to, value) => to.raw(Buffer.from(value, 'base64url')),
  read: (from) => from.raw(16).toString('base64url'),
};
/** The id that stands for none. */
export const NO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA';

export const nullableBytes: Layout<Uint8Array | null> = {
  type: 'COMPACT_NULLABLE_BYTES',
  write: (to, value) => {
    to.unsignedVarInt(value === null ? 0 : value.length + 1);
    if (value !== null) to.raw(value);
  },
  read: (from) => {
    const length = from.unsignedVarInt();
    return length === 0 ? null : from.raw(length - 1);
  },
};
export const bytes: Layout<Uint8Array> = {
  type: 'COMPACT_BYTES',
  write: nullableBytes.write,
  read: (from) => nullableBytes.read(from) ?? new Uint8Array(0),
};

export const nullableString: Layout<string | null> = {
  type: 'COMPACT_NULLABLE_STRING',
  write: (to, value) => nullableBytes.write(to, value === null ? null : Buffer.from(value)),
  read: (from) => {
    const length = from.unsignedVarInt();
    return length === 0 ? null : from.text(length - 1);
  },
};
export const string: Layout<string> = {
  type: 'COMPACT_STRING',
  write: nullableString.write,
  read: (from) => nullableString.read(from) ?? '',
};

export function nullableArray<T>(item: Layout<T>): Layout<readonly T[] | null> {
  return {
    type: `COMPACT_NULLABLE_ARRAY(${item.type})`,
    write: (to, values) => {
      to.unsignedVarInt(values === null ? 0 : values.length + 1);
      for (const value of values ?? []) item.write(to, value);
    },
    read: (from) => {
      const length = from.unsignedVarInt();
      return length === 0 ? null : readItems(from, item, length - 1);
    },
  };
}

export function array<T>(item: Layout<T>): Layout<readonly T[]> {
  const nullable = nullableArray(item);
  return { type: `COMPACT_ARRAY(${item.type})`, write: nullable.write, read: (from) => nullable.read(from) ?? [] };
}

type Fields = Readonly<Record<string, Layout<unknown>>>;
type Values<F> = { readonly [Name in keyof F]: ValueOf<F[Name]> };
/** With their tags; absent where Kafka left them out. */
type Tagged = Readonly<Record<string, readonly [tag: number, layout: Layout<unknown>]>>;
type TaggedValues<G> = {
  readonly [Name in keyof G]?: G[Name] extends readonly [number, infer L] ? ValueOf<L> : never;
};

/** How Kafka prints the place of tagged fields. */
const TAGGED = ',_tagged_fields:TAGGED_FIELDS_TYPE_NAME()';

/** Fields in this order, and then the tagged ones; tags that are not named here are skipped, since newer brokers may add some. */
export function struct<F extends Fields, G extends Tagged = Record<never, never>>(
  fields: F,
  tagged?: G,
): Layout<Values<F> & TaggedValues<G>> {
  const plain = bare(fields);
  const byTag = new Map(Object.entries(tagged ?? {}).map(([name, [tag, layout]]) => [tag, { name, layout }]));
  return {
    type: plain.type.replace(/\}$/, `${TAGGED}}`),
    write: (to, value) => {
      plain.write(to, value);
      to.unsignedVarInt(0);
    },
    read: (from) => {
      const value = plain.read(from) as Record<string, unknown>;
      for (let left = from.unsignedVarInt(); left > 0; left--) {
        const known = byTag.get(from.unsignedVarInt());
        const size = from.unsignedVarInt();
        if (known === undefined) from.raw(size);
        else value[known.name] = known.layout.read(from);
      }
      return value as Values<F> & TaggedValues<G>;
    },
  };
}

/** A struct that may be left out, which one byte before it says. */
export function nullableStruct<T>(layout: Layout<T>): Layout<T | null> {
  return {
    type: layout.type,
    write: (to, value) => {
      to.int8(value === null ? -1 : 1);
      if (value !== null) layout.write(to, value);
    },
    read: (from) => (from.int8() < 0 ? null : layout.read(from)),
  };
}

/** Fields in this order and nothing else: what the versions before the flexible ones have. */
export function bare<F extends Fields>(fields: F): Layout<Values<F>> {
  const layouts = Object.entries(fields);
  return {
    type: `{${layouts.map(([name, { type }]) => `${snakeCase(name)}:${type}`).join(',')}}`,
    write: (to, value) => {
      for (const [name, layout] of layouts) layout.write(to, (value as Record<string, unknown>)[name]);
    },
    read: (from) => {
      const value: Record<string, unknown> = {};
      for (const [name, layout] of layouts) value[name] = layout.read(from);
      return value as Values<F>;
    },
  };
}

/** Of the versions before the flexible ones. */
export const oldString: Layout<string> = {
  type: 'STRING',
  write: (to, value) => {
    const encoded = Buffer.from(value);
    to.int16(encoded.length);
    to.raw(encoded);
  },
  read: (from) => from.text(from.int16()),
};

/** Of the versions before the flexible ones. */
export function oldArray<T>(item: Layout<T>): Layout<readonly T[]> {
  return {
    type: `ARRAY(${item.type})`,
    write: (to, values) => {
      to.int32(values.length);
      for (const value of values) item.write(to, value);
    },
    read: (from) => readItems(from, item, from.int32()),
  };
}

function readItems<T>(from: ByteReader, item: Layout<T>, length: number): T[] {
  const values: T[] = [];
  for (let index = 0; index < length; index++) values.push(item.read(from));
  return values;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
