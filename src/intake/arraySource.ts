import { AppError } from '../errors.ts';
import { type Part, part } from '../report.ts';
import { columnsOf } from './arrayLabels.ts';
import { type GreyScale, greyScale } from './greyScale.ts';
import { type ImageSource, mostFound, type RawImage, type SourceImage } from './imageSource.ts';
import { inPieces, type NumberArray } from './numberArray.ts';
import { bytesOf, isWholeType, numbersIn } from './numberTypes.ts';

/** How a file's array is images: how many, and how the numbers of one lie. */
interface Layout {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  /** Channels come before rows, as in PyTorch. */
  readonly channelsFirst: boolean;
}

/** What files of images call them. */
const imageNames = ['images', 'imgs', 'image', 'x_train', 'x', 'data', 'arr_0'];
const smallestSide = 2;
/** Images that tell which numbers are black and white: so many, and more where they are small. */
const probedImages = 64;
const probedBytes = 2 ** 24;
/** Bytes that an image may have. */
const mostImageBytes = 2 ** 28;

/**
 * The images among a file's arrays: one that is named like images, else the one with most numbers. The others may be labels.
 * @throws AppError ArrayFileError where no array has the shape of images.
 */
export async function arraySource(arrays: readonly NumberArray[], name: string): Promise<ImageSource> {
  const fitting = arrays.flatMap((array) => {
    const layout = layoutOf(array.shape);
    return layout ? [{ array, layout }] : [];
  });
  const numbers = ({ shape }: NumberArray) => shape.reduce((product, size) => product * size, 1);
  const named = imageNames.flatMap((known) =>
    fitting.filter(({ array }) => array.name.toLowerCase() === known),
  );
  const [chosen] = [...named, ...fitting.sort((a, b) => numbers(b.array) - numbers(a.array))];
  if (!chosen)
    throw new AppError('ArrayFileError.noImages', {
      name,
      arrays: arrays.map((array) =>
        part('intake.array', { name: array.name, shape: array.shape.join(' x ') }),
      ),
    });
  const { array, layout } = chosen;
  if (layout.width * layout.height * layout.channels * bytesOf(array.type) > mostImageBytes)
    throw new AppError('ArrayFileError.large', { name, width: layout.width, height: layout.height });
  if (layout.count > mostFound)
    throw new AppError('IntakeError.many', { count: layout.count, most: mostFound });
  const scale = await scaleOf(array, layout, name);
  const { columns, notes } = await columnsOf(arrays, layout.count, array.name);
  return {
    count: layout.count,
    columns,
    notes,
    images: (wanted) => imagesIn(array, layout, scale, wanted),
  };
}

/** [count, height, width], with channels last or first; null for any other shape. */
export function layoutOf(shape: readonly number[]): Layout | null {
  const [count, a, b, c] = shape;
  const isSide = (size: number) => size >= smallestSide;
  const isChannels = (size: number): size is 1 | 3 | 4 => size === 1 || size === 3 || size === 4;
  if (!(count >= 1) || !isSide(b)) return null;
  if (shape.length === 3 && isSide(a))
    return { count, height: a, width: b, channels: 1, channelsFirst: false };
  if (shape.length !== 4) return null;
  if (isSide(a) && isChannels(c)) return { count, height: a, width: b, channels: c, channelsFirst: false };
  return isChannels(a) && isSide(c) ? { count, height: b, width: c, channels: a, channelsFirst: true } : null;
}

async function* imagesIn(
  array: NumberArray,
  layout: Layout,
  scale: GreyScale,
  wanted: (number: number) => boolean,
): AsyncGenerator<SourceImage> {
  const { width, height, channels } = layout;
  let number = 0;
  for await (const bytes of inPieces(array.pieces(), width * height * channels * bytesOf(array.type))) {
    if (number >= layout.count) return;
    if (wanted(number)) yield { number, ...imageOf(numbersIn(array.type, bytes), layout, scale, array.name) };
    number++;
  }
  if (number < layout.count)
    throw new AppError('ArrayFileError.cut', { name: array.name, whole: number, count: layout.count });
}

function imageOf(
  numbers: ArrayLike<number>,
  { width, height, channels, channelsFirst }: Layout,
  scale: GreyScale,
  file: string,
): { image: RawImage } | { problem: Part; file: string } {
  if (numbers instanceof Uint8Array && !channelsFirst) {
    const pixels = greyBytes(numbers, scale);
    return pixels
      ? { image: { width, height, channels, pixels } }
      : { problem: part('intake.outside'), file };
  }
  const pixels = new Uint8Array(numbers.length);
  const plane = width * height;
  for (let i = 0; i < numbers.length; i++) {
    const grey = scale.greyOf(numbers[i]);
    if (grey === null)
      return {
        problem: Number.isFinite(numbers[i]) ? part('intake.outside') : part('intake.notFinite'),
        file,
      };
    pixels[channelsFirst ? (i % plane) * channels + Math.floor(i / plane) : i] = grey;
  }
  return { image: { width, height, channels, pixels } };
}

/** Null where one lies outside the scale. */
function greyBytes(bytes: Uint8Array, { ofBytes }: GreyScale): Uint8Array | null {
  const pixels = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const grey = ofBytes[bytes[i]];
    if (grey < 0) return null;
    pixels[i] = grey;
  }
  return pixels;
}

/** The scale of an array's numbers, by its first images. @throws AppError ArrayFileError.scale */
async function scaleOf(array: NumberArray, layout: Layout, name: string): Promise<GreyScale> {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let seen = 0;
  const { width, height, channels } = layout;
  for await (const bytes of inPieces(array.pieces(), width * height * channels * bytesOf(array.type))) {
    const numbers = numbersIn(array.type, bytes);
    for (let i = 0; i < numbers.length; i++) {
      if (!Number.isFinite(numbers[i])) continue;
      if (numbers[i] < min) min = numbers[i];
      if (numbers[i] > max) max = numbers[i];
    }
    if (++seen >= probedImages && seen * bytes.length >= probedBytes) break;
  }
  const scale = greyScale({ min, max }, isWholeType(array.type));
  if (!scale) throw new AppError('ArrayFileError.scale', { name, min, max });
  return scale;
}
