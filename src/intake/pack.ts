import { bitAt, packBits } from '../data/own/bits.ts';
import { randomBits, streams } from '../data/random/philox.ts';

/** Images that are taken of more: the same ones for the same seed, and the fewer among the more. */
export class Choice {
  readonly #keys: Uint32Array;
  readonly #sorted: Uint32Array;

  constructor(count: number, seed: number) {
    this.#keys = randomBits(seed, streams.ownImages, 0, count);
    this.#sorted = this.#keys.slice().sort();
  }

  /** Which are taken where there is room for so many; hardly ever, where two numbers drawn are equal, one less. */
  of(room: number): (number: number) => boolean {
    if (room >= this.#keys.length) return () => true;
    const limit = this.#sorted[room];
    return (number) => this.#keys[number] < limit;
  }
}

export interface PackOptions {
  /** Images that there are. */
  readonly count: number;
  /** Numbers of an image. */
  readonly length: number;
  /** Bytes that may be used. */
  readonly budget: number;
  readonly seed: number;
}

export interface Packed {
  readonly bits: 1 | 8;
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** The number that each image had among all. */
  readonly numbers: Uint32Array;
}

/**
 * Packs images as they come: at one bit a number as long as all are black or white, and from the first grey on at eight,
 * with as many of those before as have room then.
 */
export class Packer {
  readonly #length: number;
  readonly #count: number;
  readonly #budget: number;
  readonly #choice: Choice;
  #bits: 1 | 8 = 1;
  #wanted: (number: number) => boolean;
  #pixels: Uint8Array<ArrayBuffer>;
  #numbers: Uint32Array;
  #packed = 0;

  constructor({ count, length, budget, seed }: PackOptions) {
    this.#length = length;
    this.#count = count;
    this.#budget = budget;
    this.#choice = new Choice(count, seed);
    this.#wanted = this.#choice.of(this.#room);
    [this.#pixels, this.#numbers] = this.#emptied();
  }

  /** Whether an image has a place, as far as is known. */
  wants(number: number): boolean {
    return this.#wanted(number);
  }

  /** Images that there is room for. */
  get #room(): number {
    return Math.min(this.#count, Math.floor((8 * this.#budget) / (this.#length * this.#bits)));
  }

  /** Adds an image, numbers from 0 to 255. Images come in the order of their numbers. */
  add(number: number, image: Uint8Array): void {
    if (this.#bits === 1 && !isBlackAndWhite(image)) this.#widen();
    if (this.#wanted(number)) this.#put(number, image);
  }

  finish(): Packed {
    const bytes = (this.#packed * this.#length * this.#bits) / 8;
    return {
      bits: this.#bits,
      pixels: this.#pixels.subarray(0, bytes),
      numbers: this.#numbers.subarray(0, this.#packed),
    };
  }

  #emptied(): [Uint8Array<ArrayBuffer>, Uint32Array] {
    return [new Uint8Array((this.#room * this.#length * this.#bits) / 8), new Uint32Array(this.#room)];
  }

  #put(number: number, image: Uint8Array): void {
    const start = (this.#packed * this.#length * this.#bits) / 8;
    if (this.#bits === 8) this.#pixels.set(image, start);
    else packBits(image, this.#pixels, start);
    this.#numbers[this.#packed++] = number;
  }

  #widen(): void {
    const [pixels, numbers, packed] = [this.#pixels, this.#numbers, this.#packed];
    this.#bits = 8;
    this.#wanted = this.#choice.of(this.#room);
    [this.#pixels, this.#numbers] = this.#emptied();
    this.#packed = 0;
    const image = new Uint8Array(this.#length);
    for (let p = 0; p < packed; p++) {
      if (!this.#wanted(numbers[p])) continue;
      const start = (p * this.#length) / 8;
      for (let i = 0; i < this.#length; i++) image[i] = 255 * bitAt(pixels, start, i);
      this.#put(numbers[p], image);
    }
  }
}

function isBlackAndWhite(image: Uint8Array): boolean {
  for (let i = 0; i < image.length; i++) if (image[i] !== 0 && image[i] !== 255) return false;
  return true;
}
