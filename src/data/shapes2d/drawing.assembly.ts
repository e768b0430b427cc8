/** Words of the tables (drawing.ts): the grid, the numbers of shapes2d.ts, then the places of the tables among them. */
const sizes = 0;
const reach = 5;
const columns = 6;
const columnShift = 7;
const pixelCentre = 8;
const centreX = 9;
const centreY = 10;
const rotation = 11;
const outline = 12;

function entry(tables: usize, index: i32): i32 {
  return load<i32>(tables + ((<usize>index) << 2));
}

/** The value of a factor by its word of randomness. */
function factorValue(tables: usize, words: usize, factor: i32): i32 {
  const bits = <u64>load<u32>(words + ((<usize>factor) << 2));
  return <i32>((bits * <u64>entry(tables, sizes + factor)) >> 32);
}

/** `drawShape` of shapes2d.ts, bit for bit. `line`: bytes from a line of the picture to the next. */
export function drawShape(
  tables: usize,
  words: usize,
  picture: usize,
  line: usize,
  size: i32,
  channels: i32,
): void {
  const orientations = entry(tables, sizes + 2);
  const turn =
    entry(tables, rotation) +
    2 * (factorValue(tables, words, 1) * orientations + factorValue(tables, words, 2));
  const cosine = entry(tables, turn);
  const sine = entry(tables, turn + 1);
  const x0 = entry(tables, entry(tables, centreX) + factorValue(tables, words, 3));
  const y0 = entry(tables, entry(tables, centreY) + factorValue(tables, words, 4));
  const centres = entry(tables, pixelCentre);
  const width = entry(tables, columns);
  const spans = entry(tables, outline) + factorValue(tables, words, 0) * width * 2;
  const farthest = entry(tables, reach);
  const shift = entry(tables, columnShift);
  for (let row = 0; row < size; row++) {
    let to = picture + <usize>row * line;
    const dy = entry(tables, centres + row) - y0;
    if (abs(dy) > farthest) {
      memory.fill(to, 0, (<usize>(size * channels)) << 2);
      continue;
    }
    for (let column = 0; column < size; column++) {
      const dx = entry(tables, centres + column) - x0;
      let value: f32 = 0;
      if (abs(dx) <= farthest) {
        const x = abs(cosine * dx - sine * dy) >> shift;
        const y = sine * dx + cosine * dy;
        const span = spans + x * 2;
        if (x < width && y >= entry(tables, span) && y <= entry(tables, span + 1)) value = 1;
      }
      for (let c = 0; c < channels; c++) {
        store<f32>(to, value);
        to += 4;
      }
    }
  }
}
