import { headWords, kernels, recordBytes, records } from './records.mjs';

export type KernelName = keyof typeof kernels & string;
type FieldName<Name extends KernelName> = (typeof records)[(typeof kernels)[Name]][number];
/** A record's fields by name; numbers that are not whole go through `floatBits`. */
export type Fields<Name extends KernelName> = Readonly<Record<FieldName<Name>, number>>;

const kernelNames = Object.keys(kernels);
const words = recordBytes / 4;

/** A record, by its number, that updates an optimiser's parameters. */
export interface Update {
  readonly optimiser: string;
  readonly record: number;
}

/** Operations as the module reads them, one after the other. */
export class RecordList {
  readonly #records: Int32Array[] = [];
  readonly #updates: Update[] = [];
  readonly #ends: number[] = [];

  /** An operation in `chunks` parts. */
  add<Name extends KernelName>(kernel: Name, chunks: number, fields: Fields<Name>): void {
    const record = new Int32Array(words);
    record[0] = kernelNames.indexOf(kernel) + 1;
    record[1] = chunks;
    const names: readonly FieldName<Name>[] = records[kernels[kernel]];
    names.forEach((name, i) => {
      record[headWords + i] = fields[name];
    });
    this.#records.push(record);
  }

  /** Says that the record that comes next updates an optimiser's parameters. */
  noteUpdate(optimiser: string): void {
    this.#updates.push({ optimiser, record: this.count });
  }

  /** The records that update parameters, in their order. */
  get updates(): readonly Update[] {
    return this.#updates;
  }

  /** Says that an operation's records end here. */
  endOperation(): void {
    this.#ends.push(this.count);
  }

  /** Of each operation, the number of the record behind its last one. */
  get ends(): readonly number[] {
    return this.#ends;
  }

  get count(): number {
    return this.#records.length;
  }

  get bytes(): number {
    return this.count * recordBytes;
  }

  /** Writes all records to an address. */
  write(memory: ArrayBufferLike, at: number): void {
    const all = new Int32Array(memory, at, this.count * words);
    this.#records.forEach((record, i) => {
      all.set(record, i * words);
    });
  }
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** A float32 as the word that holds it. */
export function floatBits(value: number): number {
  float[0] = value;
  return bits[0];
}
