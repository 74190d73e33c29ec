import { ByteReader, ByteWriter } from '../../../lib/admin/adapters/platformatic/wire/bytes';
import {
  array,
  bare,
  boolean,
  bytes,
  float64,
  int16,
  int32,
  int64,
  int8,
  nullableArray,
  nullableString,
  oldArray,
  oldString,
  string,
  struct,
  uuid,
  type Layout,
} from '../../../lib/admin/adapters/platformatic/wire/layout';

function written<T>(layout: Layout<T>, value: T): Buffer {
  const writer = new ByteWriter();
  layout.write(writer, value);
  return Buffer.from(writer.bytes);
}

const readBack = <T>(layout: Layout<T>, value: T): T => layout.read(new ByteReader(written(layout, value)));

describe('the layout of messages', () => {
  test('gives back what was written, in every kind of field', () => {
    const everything = struct({
      int8,
      int16,
      int32,
      int64,
      float64,
      boolean,
      uuid,
      string,
      nothing: nullableString,
      empty: nullableString,
      bytes,
      numbers: array(int32),
      none: nullableArray(int32),
      nested: array(struct({ name: string, of: struct({ deep: int8 }) })),
      old: bare({ text: oldString, list: oldArray(bare({ id: int32 })) }),
    });
    const value = {
      int8: -128,
      int16: -32768,
      int32: -2147483648,
      int64: -(2n ** 63n),
      float64: 0.1,
      boolean: true,
      uuid: 'JvAtVKJ0Rg2mGFpDVCYMcA',
      string: 'größer',
      nothing: null,
      empty: '',
      bytes: Buffer.from([0, 255]),
      numbers: [1, 2, 3],
      none: null,
      nested: [{ name: 'a', of: { deep: 1 } }],
      old: { text: 'b', list: [{ id: 7 }] },
    };
    expect(readBack(everything, value)).toEqual(value);
  });

  test('holds lists and texts of any length', () => {
    const texts = Array.from({ length: 3_000 }, (_, index) => `topic-${index}-`.padEnd(index % 300, 'x'));
    expect(readBack(array(string), texts)).toEqual(texts);
    const numbers = Array.from({ length: 20_000 }, (_, index) => index);
    expect(readBack(array(int32), numbers)).toEqual(numbers);
    expect(readBack(string, 'y'.repeat(2_000_000))).toHaveLength(2_000_000);
  });

  test('is that of the protocol: lengths plus one, fields in order, tags at the end', () => {
    expect(written(string, 'ab').toString('hex')).toBe('036162');
    expect(written(nullableString, null).toString('hex')).toBe('00');
    expect(written(string, 'x'.repeat(200)).subarray(0, 2).toString('hex')).toBe('c901');
    expect(written(struct({ first: int8, list: array(int16) }), { first: 1, list: [2] }).toString('hex')).toBe(
      '0102000200',
    );
    expect(written(oldString, 'ab').toString('hex')).toBe('00026162');
  });

  test('skips tagged fields that it does not know and gives those that it does', () => {
    const layout = struct({ id: int8 }, { features: [2, array(struct({ name: string }))] });
    const answer = Buffer.from([9, 3, 0, 2, 0xff, 0xff, 2, 4, 2, 2, 0x61, 0, 3, 1, 0xff]);
    expect(layout.read(new ByteReader(answer))).toEqual({ id: 9, features: [{ name: 'a' }] });
    expect(layout.read(new ByteReader(Buffer.from([9, 0])))).toEqual({ id: 9 });
  });

  test('fails for an answer that ends too early, however it ends', () => {
    const layout = struct({ name: string, ids: array(int32), more: nullableString });
    const whole = written(layout, { name: 'name', ids: [1, 2], more: 'more' });
    for (let length = 0; length < whole.length; length++)
      expect(() => layout.read(new ByteReader(whole.subarray(0, length)))).toThrow();
  });
});
