import type { Images } from '../../data/dataset.ts';
import { fullName, type LayerSpec } from '../../model/layers.ts';
import { sizeOf, type TensorSpec, tensorsOf } from '../../model/parameters.ts';
import { accessesOf } from '../../plan/accesses.ts';
import type { Operation } from '../../plan/operations.ts';
import { pictureOf } from '../../plan/product.ts';
import type { Optimiser, Plan } from '../../plan/program.ts';
import { firstGroup, type Rows, rowCount, type Slot, sampleLength, slotLength } from '../../plan/slots.ts';
import { rateIndex } from '../plan/device.ts';
import { tableLength } from './drawing.ts';
import { liveWords, scratchBytes, shared } from './records.mjs';

/** Steps whose live values and rows of metrics have room at once. */
export const maxSteps = 16;
/** Tensors start at lines of the cache. */
const alignment = 64;
/** What kernels may read past the end of the last tensor: nothing that they read there counts. */
const slack = 64;

/** A place in memory that holds pictures, [images, lines, pixels, channels]. Addresses and strides in bytes. */
export interface Picture {
  /** Of pixel (0, 0) of the first image. */
  readonly at: number;
  readonly line: number;
  readonly image: number;
  readonly images: number;
  /** Height and width. */
  readonly size: number;
  readonly channels: number;
  /** Whether zeros lie around each image, for kernels that read neighbours: see `borderedLine`. */
  readonly bordered: boolean;
}

/** Where a layer's tensors begin, in bytes from the start of a region. */
interface LayerOffsets {
  readonly weight: number;
  readonly bias: number;
}

/** The state of a run: parameters, then what optimisers keep of each, in the same order. */
export const regions = ['values', 'first', 'second', 'gradients', 'kept'] as const;
export type Region = (typeof regions)[number];

/** Where everything of a run lies in one linear memory. */
export class MemoryLayout {
  /** Bytes of all. */
  readonly bytes: number;
  /** Bytes of what only serves going back and measuring. */
  readonly keptBytes: number;
  /** Bytes of the data sets' tables. */
  readonly tableBytes: number;
  /** Live values of one pass, then the next. */
  readonly live: number;
  readonly liveStride: number;
  /** Rows of metrics, [maxSteps, columns]. */
  readonly rows: number;
  /**
   * What one record of an operation leaves for the next: a product of pictures reads its weight here, in panels; a
   * dense layer puts here what it makes of a change, before its activation.
   */
  readonly between: number;
  readonly tensors: readonly TensorSpec[];
  readonly #offsets: ReadonlyMap<string, number>;
  readonly #regions: Readonly<Record<Region, number>>;
  readonly #slots: ReadonlyMap<Slot, number>;
  readonly #flattened: ReadonlySet<string>;
  readonly #borders: ReadonlyMap<string, number>;
  readonly #tables: ReadonlyMap<Images, number>;
  readonly #optimisers: readonly Optimiser[];
  #end: number;

  /** `columns`: numbers in a row of metrics. */
  constructor(plan: Plan, columns: number, threads: number) {
    this.#end = shared.scratches + threads * scratchBytes;
    this.tensors = tensorsOf(plan.layers);
    const offsets = new Map<string, number>();
    let length = 0;
    for (const { name, shape } of this.tensors) {
      offsets.set(name, length);
      length += aligned(4 * sizeOf(shape));
    }
    this.#offsets = offsets;
    this.#optimisers = plan.optimisers;
    const ranges = plan.optimisers.map((optimiser) => this.#rangeOf(optimiser));
    const trained = Math.max(...ranges.map(({ end }) => end), 0);
    const region = (bytes: number) => this.#take(bytes);
    this.#regions = {
      values: region(length),
      first: region(trained),
      second: region(trained),
      // All optimisers share it: one has used its gradients before the next are computed.
      gradients: region(Math.max(...ranges.map(({ start, end }) => end - start), 0)),
      kept: region(length),
    };
    this.keptBytes = length;

    const all = operationsOf(plan);
    this.#flattened = flattenedShapes(all);
    this.#slots = new Map(plan.slots.map((slot) => [slot, this.#take(this.#slotBytes(slot))]));
    this.#borders = new Map(
      [...this.#flattened].map((shape) => [shape, this.#take(this.#borderBytes(shape, all))]),
    );
    this.between = this.#take(Math.max(0, ...plan.layers.map(packedBytes), ...all.map(sumBytes)));

    const passes = plan.step.reduce((sum, { repeats }) => sum + repeats, 0);
    this.liveStride = liveWords.values + 8 * rateIndex(plan.live.length, plan.optimisers.length);
    this.live = this.#take(maxSteps * passes * this.liveStride);
    this.rows = this.#take(4 * maxSteps * columns);
    const tables = new Map<Images, number>();
    const tablesStart = this.#end;
    for (const operation of all)
      if (operation.kind === 'drawImages' && !tables.has(operation.images))
        tables.set(operation.images, this.#take(tableLength(operation.images.drawing)));
    this.#tables = tables;
    this.tableBytes = this.#end - tablesStart;
    this.bytes = this.#end + slack;
  }

  /** A tensor in one of the regions. */
  tensor({ name }: TensorSpec, region: Region): number {
    return this.#regions[region] + this.#offset(name);
  }

  /** A layer's weight and bias in one of the regions. */
  layer(layer: LayerSpec, region: Region): LayerOffsets {
    const start = this.#regions[region] - (region === 'gradients' ? this.#firstOf(layer) : 0);
    const name = fullName(layer);
    return { weight: start + this.#offset(`${name}.weight`), bias: start + this.#offset(`${name}.bias`) };
  }

  /** Where an optimiser's part of a region begins, and how many numbers it has. */
  optimiser(optimiser: Optimiser, region: Region): { readonly at: number; readonly count: number } {
    const { start, end } = this.#rangeOf(optimiser);
    const at = this.#regions[region] + (region === 'gradients' ? 0 : start);
    return { at, count: (end - start) / 4 };
  }

  region(region: Region): { readonly at: number; readonly bytes: number } {
    const first = region === 'values' || region === 'kept';
    const next = this.#regions.second - this.#regions.first;
    return { at: this.#regions[region], bytes: first ? this.keptBytes : next };
  }

  tables(images: Images): number {
    return known(this.#tables.get(images), 'tables of the data set');
  }

  /** Address of a slot's numbers, or of one group of them. */
  rowsAt(rows: Rows): number {
    const { slot } = rows;
    return this.#slotAt(slot) + firstGroup(rows) * slot.rows * this.sampleBytes(slot);
  }

  /** Bytes from one sample of a slot to the next. */
  sampleBytes(slot: Slot): number {
    if (!this.isBordered(slot.dims)) return 4 * sampleLength(slot);
    const [size, , channels] = slot.dims;
    return borderedImage(size, channels);
  }

  /** A slot's pictures. */
  picture(rows: Rows): Picture {
    const { dims } = rows.slot;
    const [size, , channels] = dims;
    return this.#pictureAt(this.rowsAt(rows), size, channels, rowCount(rows), this.isBordered(dims));
  }

  /** Where the same pictures may lie with a border. */
  borderedPicture({ size, channels, images }: Picture): Picture {
    const at = known(this.#borders.get(`${size},${size},${channels}`), 'bordered copy of this shape');
    return this.#pictureAt(at, size, channels, images, true);
  }

  /** Pictures have a border unless some layer reads or writes them as one row of numbers. */
  isBordered(dims: readonly number[]): boolean {
    return dims.length === 3 && !this.#flattened.has(dims.join());
  }

  #pictureAt(start: number, size: number, channels: number, images: number, bordered: boolean): Picture {
    const line = bordered ? borderedLine(size, channels) : 4 * size * channels;
    const image = bordered ? borderedImage(size, channels) : size * line;
    const at = bordered ? start + line + 4 * channels : start;
    return { at, line, image, images, size, channels, bordered };
  }

  #slotAt(slot: Slot): number {
    return known(this.#slots.get(slot), `slot "${slot.name}"`);
  }

  #slotBytes(slot: Slot): number {
    // A float64 for each sample's sum.
    if (slot.role === 'sum') return 8 * slot.groups * slot.rows;
    if (!this.isBordered(slot.dims)) return 4 * slotLength(slot);
    const [size, , channels] = slot.dims;
    return borderedBytes(slot.groups * slot.rows, size, channels);
  }

  /** Room for the copy with a border of the largest slot of a shape that a convolution reads. */
  #borderBytes(shape: string, operations: readonly Operation[]): number {
    const [size, , channels] = shape.split(',').map(Number);
    let images = 0;
    for (const operation of operations) {
      if (!('layer' in operation) || pictureOf(operation.layer) === null) continue;
      for (const { rows } of accessesOf(operation))
        if (rows.slot.dims.join() === shape) images = Math.max(images, rows.slot.groups * rows.slot.rows);
    }
    return borderedBytes(images, size, channels);
  }

  #rangeOf({ layers }: Optimiser): { readonly start: number; readonly end: number } {
    const specs = tensorsOf(layers);
    const last = specs[specs.length - 1];
    return {
      start: this.#offset(specs[0].name),
      end: this.#offset(last.name) + aligned(4 * sizeOf(last.shape)),
    };
  }

  /** Where the parameters of a layer's optimiser begin in a region. */
  #firstOf(layer: LayerSpec): number {
    const optimiser = this.#optimisers.find(({ layers }) => layers.includes(layer));
    return optimiser ? this.#rangeOf(optimiser).start : 0;
  }

  #offset(name: string): number {
    return known(this.#offsets.get(name), `tensor ${name}`);
  }

  #take(bytes: number): number {
    const at = this.#end;
    this.#end += aligned(bytes);
    return at;
  }
}

export function operationsOf({ step, encode, decode, discriminate }: Plan): readonly Operation[] {
  return [
    ...step.flatMap(({ draw, operations }) => [...draw, ...operations]),
    ...(encode?.operations ?? []),
    ...(decode?.operations ?? []),
    ...(discriminate?.operations ?? []),
  ];
}

/** Shapes of the pictures that a dense layer reads or writes. */
function flattenedShapes(operations: readonly Operation[]): ReadonlySet<string> {
  const shapes = new Set<string>();
  for (const operation of operations) {
    if (!('layer' in operation) || operation.layer.kind !== 'dense') continue;
    for (const { rows } of accessesOf(operation))
      if (rows.slot.dims.length === 3) shapes.add(rows.slot.dims.join());
  }
  return shapes;
}

/**
 * Bytes of a line of a picture with a border. The zero pixel at its end is also the one before the next line, and
 * the line of zeros below an image is also the one above the next image, so a border costs one pixel and one line.
 */
function borderedLine(size: number, channels: number): number {
  return 4 * (size + 1) * channels;
}

/** Bytes from one image with a border to the next. */
function borderedImage(size: number, channels: number): number {
  return (size + 1) * borderedLine(size, channels);
}

/** Bytes of images with their borders, what lies below and after the last one included. */
function borderedBytes(images: number, size: number, channels: number): number {
  return images * borderedImage(size, channels) + borderedLine(size, channels) + 4 * channels;
}

function sumBytes(operation: Operation): number {
  if (operation.kind !== 'tangent' || operation.layer.kind !== 'dense') return 0;
  return 4 * rowCount(operation.output) * operation.layer.outputs;
}

/** Bytes of a convolution's weight in panels of 8 columns, for whichever of its products takes most. */
function packedBytes(layer: LayerSpec): number {
  const picture = pictureOf(layer);
  if (!picture) return 0;
  const { bigChannels, smallChannels } = picture;
  const eights = (channels: number) => 8 * Math.ceil(channels / 8);
  return 4 * 16 * Math.max(bigChannels * eights(smallChannels), eights(bigChannels) * smallChannels);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

function known<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new RangeError(`this plan has no ${what}`);
  return value;
}
