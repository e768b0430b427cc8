import { type LayerSpec, negativeSlope } from '../../model/layers.ts';
import type {
  Forward,
  GradientByInput,
  GradientByParameters,
  Tangent,
  Through,
} from '../../plan/operations.ts';
import { type Rows, rowCount } from '../../plan/slots.ts';
import type { MemoryLayout, Picture } from './memoryLayout.ts';
import { floatBits, type RecordList } from './recordList.ts';

/** Multiplications and additions of a chunk: some 15 microseconds, fifty times what it costs to claim one. */
const chunkFlops = 5e5;
/** Columns of a weight that a chunk takes at least: those in the same line of the cache are read together. */
const leastColumns = 16;
/** Rows of a weight's gradient in a chunk: so many have room in a thread's own memory. */
const filterRows = 16;
/** Rows of a convolution's gradient that a chunk takes at most. */
const pictureFilterRows = 64;
/** Fewer big channels than this are computed one by one. */
const narrowChannels = 4;
/** Bytes that a processor's second cache holds, with room to spare. */
const cacheBytes = 384 * 1024;
/** Pixels whose products are summed before they are added to the others. */
const pixelsPerSum = 256;

/** `unit` times the whole number that makes a chunk, if one unit takes so many operations. */
function perChunkOf(unit: number, flopsPerUnit: number): number {
  return unit * Math.max(1, Math.floor(chunkFlops / flopsPerUnit));
}

export function addForward(
  list: RecordList,
  { layer, input, output }: Forward,
  memory: MemoryLayout,
  region: 'values' | 'kept',
): void {
  const { weight, bias } = memory.layer(layer, region);
  const slope = negativeSlope(layer.activation) ?? 1;
  if (layer.kind === 'dense') {
    addDense(list, layer, input, memory.rowsAt(output), memory, { weight, bias, slope });
    return;
  }
  const [from, to] = [memory.picture(input), memory.picture(output)];
  const end = { bias, slope, through: null };
  if (layer.kind === 'conv') addDown(list, from, to, weight, memory, end);
  else addUp(list, from, to, weight, memory, end);
}

/** A change goes through a layer in the place of its output, whose sign it needs until the end. */
export function addTangent(list: RecordList, { layer, input, output }: Tangent, memory: MemoryLayout): void {
  const { weight } = memory.layer(layer, 'values');
  const slope = negativeSlope(layer.activation) ?? 1;
  if (layer.kind === 'dense') {
    // The product adds to its result, part by part.
    addDense(list, layer, input, memory.between, memory, { weight, bias: 0, slope: 1 });
    const count = rowCount(output) * layer.outputs;
    const to = memory.rowsAt(output);
    const rest = { count, perChunk: count, slope: floatBits(slope) };
    list.add('add', 1, { a: memory.between, b: 0, through: to, result: to, ...rest });
    return;
  }
  const [from, to] = [memory.picture(input), memory.picture(output)];
  const end = { bias: 0, slope, through: to };
  if (layer.kind === 'conv') addDown(list, from, to, weight, memory, end);
  else addUp(list, from, to, weight, memory, end);
}

function addDense(
  list: RecordList,
  { inputs, outputs }: LayerSpec,
  input: Rows,
  output: number,
  memory: MemoryLayout,
  { weight, bias, slope }: { readonly weight: number; readonly bias: number; readonly slope: number },
): void {
  const rows = rowCount(input);
  const perChunk = Math.max(leastColumns, perChunkOf(8, 16 * rows * inputs));
  list.add('denseForward', Math.ceil(outputs / perChunk), {
    input: memory.rowsAt(input),
    weight,
    bias,
    output,
    rows,
    inner: inputs,
    columns: outputs,
    perChunk,
    slope: floatBits(slope),
  });
}

export function addInputGradient(
  list: RecordList,
  { layer, gradient, through, result }: GradientByInput,
  memory: MemoryLayout,
): void {
  const { weight } = memory.layer(layer, 'values');
  const slope = slopeOf(through);
  if (layer.kind === 'dense') {
    const { inputs, outputs } = layer;
    const rows = rowCount(gradient);
    const perChunk = perChunkOf(4, 8 * rows * outputs);
    list.add('denseInput', Math.ceil(inputs / perChunk), {
      gradient: memory.rowsAt(gradient),
      weight,
      through: through ? memory.rowsAt(through.output) : 0,
      result: memory.rowsAt(result),
      rows,
      inputs,
      outputs,
      perChunk,
      slope: floatBits(slope),
    });
    return;
  }
  const [from, to] = [memory.picture(gradient), memory.picture(result)];
  const end = { bias: 0, slope, through: through && memory.picture(through.output) };
  if (layer.kind === 'conv') addUp(list, from, to, weight, memory, end);
  else addDown(list, from, to, weight, memory, end);
}

export function addParameterGradients(
  list: RecordList,
  { layer, input, gradient, bias }: GradientByParameters,
  memory: MemoryLayout,
): void {
  const result = memory.layer(layer, 'gradients');
  addColumnSums(list, layer, bias, result.bias, memory);
  if (layer.kind === 'dense') {
    const { inputs, outputs } = layer;
    const rows = rowCount(input);
    list.add('denseFilter', Math.ceil(inputs / filterRows), {
      input: memory.rowsAt(input),
      gradient: memory.rowsAt(gradient),
      result: result.weight,
      rows,
      inputs,
      outputs,
      perChunk: filterRows,
    });
    return;
  }
  const [from, to] = [memory.picture(input), memory.picture(gradient)];
  const [big, small] = layer.kind === 'conv' ? [from, to] : [to, from];
  const { size, images } = small;
  const read = withBorder(list, big, memory);
  const rows = 4 * big.channels;
  const perChunk = Math.min(pictureFilterRows, 4 * Math.ceil(rows / 8));
  // A cache holds what a record reads, for each of its chunks reads it again.
  // Records end where sums do, so that no number depends on the cache.
  const imagesPerSum = Math.max(1, Math.floor(pixelsPerSum / (size * size)));
  const sumBytes = imagesPerSum * (read.image + small.image);
  const perRecord = imagesPerSum * Math.max(1, Math.floor(cacheBytes / sumBytes));
  for (let first = 0; first < images; first += perRecord)
    list.add('pictureFilter', 4 * Math.ceil(rows / perChunk), {
      ...bigFields(read),
      ...smallFields(small),
      result: result.weight,
      bigChannels: big.channels,
      smallChannels: small.channels,
      size,
      first,
      images: Math.min(perRecord, images - first),
      perChunk,
      perSum: Math.min(imagesPerSum * size, Math.max(1, Math.floor(pixelsPerSum / size))),
    });
}

/** What happens to a product before it is stored. */
interface End {
  /** Address; 0 for none. */
  readonly bias: number;
  /** Factor where the result is not positive or, with `through`, where that picture is not. */
  readonly slope: number;
  readonly through: Picture | null;
}

function slopeOf(through: Through | null): number {
  return through ? (negativeSlope(through.activation) ?? 1) : 1;
}

function addDown(
  list: RecordList,
  from: Picture,
  to: Picture,
  weight: number,
  memory: MemoryLayout,
  end: End,
): void {
  const read = withBorder(list, from, memory);
  const channels = { bigChannels: from.channels, smallChannels: to.channels };
  list.add('packDown', Math.ceil(to.channels / 8), { weight, packed: memory.between, ...channels });
  addProduct(list, 'down', read, to, memory, end);
}

function addUp(
  list: RecordList,
  from: Picture,
  to: Picture,
  weight: number,
  memory: MemoryLayout,
  end: End,
): void {
  const read = withBorder(list, from, memory);
  const channels = { bigChannels: to.channels, smallChannels: from.channels };
  const isNarrow = to.channels <= narrowChannels;
  const panels = isNarrow ? to.channels : 4 * Math.ceil(to.channels / 8);
  list.add(isNarrow ? 'packNarrowUp' : 'packUp', panels, { weight, packed: memory.between, ...channels });
  addProduct(list, isNarrow ? 'narrowUp' : 'up', to, read, memory, end);
}

function addProduct(
  list: RecordList,
  kernel: 'down' | 'up' | 'narrowUp',
  big: Picture,
  small: Picture,
  { between }: MemoryLayout,
  { bias, slope, through }: End,
): void {
  const { size, images } = small;
  const flops = 2 * size * size * 16 * big.channels * small.channels;
  const perChunk = perChunkOf(1, flops);
  list.add(kernel, Math.ceil(images / perChunk), {
    ...bigFields(big),
    ...smallFields(small),
    packed: between,
    bigChannels: big.channels,
    smallChannels: small.channels,
    size,
    images,
    perChunk,
    bias,
    through: through?.at ?? 0,
    throughLine: through?.line ?? 0,
    throughImage: through?.image ?? 0,
    slope: floatBits(slope),
  });
}

const bigFields = ({ at, line, image }: Picture) => ({ big: at, bigLine: line, bigImage: image });
const smallFields = ({ at, line, image }: Picture) => ({ small: at, smallLine: line, smallImage: image });

/** The picture itself where it has a border, else its copy with one. */
function withBorder(list: RecordList, picture: Picture, memory: MemoryLayout): Picture {
  if (picture.bordered) return picture;
  const copy = memory.borderedPicture(picture);
  const { at, line, image, images, size, channels } = picture;
  list.add('copyPicture', images, {
    from: at,
    fromLine: line,
    fromImage: image,
    to: copy.at,
    toLine: copy.line,
    toImage: copy.image,
    images,
    lines: size,
    length: size * channels,
  });
  return copy;
}

function addColumnSums(
  list: RecordList,
  { kind, outputs: columns }: LayerSpec,
  gradient: Rows | null,
  result: number,
  memory: MemoryLayout,
): void {
  const chunks = Math.ceil(columns / 16);
  if (!gradient) {
    // The sum of no pixels.
    const none = { line: 0, image: 0, images: 0, lines: 0, pixels: 0 };
    list.add('columnSums', chunks, { picture: result, ...none, columns, result });
    return;
  }
  if (kind === 'dense') {
    // All rows are the pixels of one line.
    const rest = { line: 0, image: 0, images: 1, lines: 1, pixels: rowCount(gradient) };
    list.add('columnSums', chunks, { picture: memory.rowsAt(gradient), ...rest, columns, result });
    return;
  }
  const { at, line, image, images, size } = memory.picture(gradient);
  const rest = { line, image, images, lines: size, pixels: size };
  list.add('columnSums', chunks, { picture: at, ...rest, columns, result });
}
