/** Words of the tables (drawing.ts): the reals of bytes, the grid, then numbers and places. */
const sizes = 256;
const contributionCount = 262;
const floorPlaces = 263;
const wallPlaces = 264;
const objectPlaces = 265;
const skyPlaces = 266;
const geometries = 267;
const contributions = 268;
const wordsPerGeometry = 5;
/** A contribution is in 2^-6 of a level of 255. */
const bits = 6;
const half = 32;

function entry(tables: usize, index: i32): i32 {
  return load<i32>(tables + ((<usize>index) << 2));
}

/** The value of a factor by its word of randomness. */
function factorValue(tables: usize, words: usize, factor: i32): i32 {
  const random = <u64>load<u32>(words + ((<usize>factor) << 2));
  return <i32>((random * <u64>entry(tables, sizes + factor)) >> 32);
}

/** `Shapes3dImages.draw`, bit for bit. `line`: bytes from a line of the picture to the next. */
export function drawScene(tables: usize, words: usize, picture: usize, line: usize, size: i32): void {
  const floor = entry(tables, floorPlaces) + 3 * factorValue(tables, words, 0);
  const wall = entry(tables, wallPlaces) + 3 * factorValue(tables, words, 1);
  const object = entry(tables, objectPlaces) + 3 * factorValue(tables, words, 2);
  const sky = entry(tables, skyPlaces);
  const shapes = entry(tables, sizes + 4);
  const orientations = entry(tables, sizes + 5);
  const orientation = factorValue(tables, words, 5);
  const solid = factorValue(tables, words, 3) * shapes + factorValue(tables, words, 4);
  const geometry = entry(tables, geometries) + (solid * orientations + orientation) * wordsPerGeometry;
  const left = entry(tables, geometry);
  const top = entry(tables, geometry + 1);
  const right = left + entry(tables, geometry + 2);
  const bottom = top + entry(tables, geometry + 3);
  const count = entry(tables, contributionCount);
  const step = (<usize>count) << 1;
  const all = tables + ((<usize>entry(tables, contributions)) << 2);
  let room = all + <usize>(orientation * size * size) * step;
  let box = all + ((<usize>entry(tables, geometry + 4)) << 1);
  for (let row = 0; row < size; row++) {
    const isBoxRow = row >= top && row < bottom;
    let to = picture + <usize>row * line;
    for (let column = 0; column < size; column++) {
      let pixel = room;
      room += step;
      if (isBoxRow && column >= left && column < right) {
        pixel = box;
        box += step;
      }
      for (let channel = 0; channel < 3; channel++) {
        const sum =
          contribution(tables, pixel, floor + channel) +
          contribution(tables, pixel, wall + channel) +
          contribution(tables, pixel, object + channel) +
          contribution(tables, pixel, sky + channel);
        const level = min(255, max(0, (sum + half) >> bits));
        store<f32>(to, load<f32>(tables + ((<usize>level) << 2)));
        to += 4;
      }
    }
  }
}

/**
 * What one part gives to a channel of a pixel. `place`: the word with its place among the pixel's contributions.
 */
function contribution(tables: usize, pixel: usize, place: i32): i32 {
  return load<i16>(pixel + ((<usize>entry(tables, place)) << 1));
}
