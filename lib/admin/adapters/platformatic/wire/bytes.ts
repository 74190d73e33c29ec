const START_SIZE = 1024;

/** Grows as it is written to. */
export class ByteWriter {
  #buffer = Buffer.allocUnsafe(START_SIZE);
  #length = 0;

  /** What was written so far. */
  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  int8(value: number): void {
    this.#room(1).writeInt8(value, this.#length - 1);
  }

  int16(value: number): void {
    this.#room(2).writeInt16BE(value, this.#length - 2);
  }

  uint16(value: number): void {
    this.#room(2).writeUInt16BE(value, this.#length - 2);
  }

  int32(value: number): void {
    this.#room(4).writeInt32BE(value, this.#length - 4);
  }

  int64(value: bigint): void {
    this.#room(8).writeBigInt64BE(value, this.#length - 8);
  }

  float64(value: number): void {
    this.#room(8).writeDoubleBE(value, this.#length - 8);
  }

  unsignedVarInt(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.#room(1).writeUInt8((rest & 0x7f) | 0x80, this.#length - 1);
    this.#room(1).writeUInt8(rest, this.#length - 1);
  }

  raw(bytes: Uint8Array): void {
    this.#room(bytes.length).set(bytes, this.#length - bytes.length);
  }

  /** The buffer with so many more bytes at its end. */
  #room(count: number): Buffer {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#length, 2 * this.#buffer.length));
      this.#buffer.copy(larger, 0, 0, start);
      this.#buffer = larger;
    }
    return this.#buffer;
  }
}

/** Reads one answer from its first byte to its last; reading past the end throws a RangeError. */
export class ByteReader {
  #position = 0;

  constructor(private readonly buffer: Buffer) {}

  int8(): number {
    return this.buffer.readInt8(this.#take(1));
  }

  int16(): number {
    return this.buffer.readInt16BE(this.#take(2));
  }

  uint16(): number {
    return this.buffer.readUInt16BE(this.#take(2));
  }

  int32(): number {
    return this.buffer.readInt32BE(this.#take(4));
  }

  int64(): bigint {
    return this.buffer.readBigInt64BE(this.#take(8));
  }

  float64(): number {
    return this.buffer.readDoubleBE(this.#take(8));
  }

  unsignedVarInt(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.buffer.readUInt8(this.#take(1));
      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return value >>> 0;
    }
  }

  raw(length: number): Buffer {
    const start = this.#take(length);
    if (this.#position > this.buffer.length) throw new RangeError(`the answer ends before byte ${this.#position}`);
    return this.buffer.subarray(start, this.#position);
  }

  text(length: number): string {
    const start = this.#take(length);
    if (this.#position > this.buffer.length) throw new RangeError(`the answer ends before byte ${this.#position}`);
    return this.buffer.toString('utf8', start, this.#position);
  }

  #take(count: number): number {
    const start = this.#position;
    this.#position += count;
    return start;
  }
}
