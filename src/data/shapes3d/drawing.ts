import { byteReals, byteValues } from '../byteReals.ts';
import type { ComputedDrawing } from '../dataset.ts';
import { contributionBits } from './contributions.ts';
import type { Geometries } from './geometries.ts';
import type { Hues } from './hues.ts';

/** Words of a geometry: its box (left, top, width, height) and the place of its contributions. */
const wordsPerGeometry = 5;

/**
 * How devices draw 3D Shapes: images.ts in WGSL and AssemblyScript, bit for bit. Tables: the reals of all bytes; a
 * head of the factors' sizes, how many contributions a pixel has, and the places of what follows: the contribution
 * that makes each channel of each hue, of floor, wall, object and sky; the geometries; all contributions as pairs
 * of 16 bits, first those of the rooms.
 */
export function shapes3dDrawing(geometries: Geometries, sizes: readonly number[]): ComputedDrawing {
  const { size, hues, places, turns, count } = geometries;
  const [, , , , shapes, orientations] = sizes;
  const huePlaces = hues.map((of, part) => placesOf(of, places.starts[part]));
  const headAt = byteValues;
  const starts: number[] = [];
  let next = headAt + sizes.length + 1 + huePlaces.length + 2;
  for (const { length } of huePlaces) {
    starts.push(next);
    next += length;
  }
  const [floorAt, wallAt, objectAt, skyAt] = starts;
  const geometryAt = next;
  const contributionAt = geometryAt + count * wordsPerGeometry;

  const tables = new Int32Array(contributionAt + Math.ceil(geometries.length / 2));
  new Float32Array(tables.buffer, 0, byteValues).set(byteReals());
  tables.set([...sizes, places.count, ...starts, geometryAt, contributionAt], headAt);
  huePlaces.forEach((of, part) => {
    tables.set(of, starts[part]);
  });
  const begins = geometries.keepIn(new Int16Array(tables.buffer, contributionAt * 4));
  for (let geometry = 0; geometry < count; geometry++) {
    const { left, top, width, height } = geometries.patch(geometry);
    const words = [left, top, width, height, begins[turns.length + geometry]];
    tables.set(words, geometryAt + geometry * wordsPerGeometry);
  }

  const factor = (f: number) => `multiplyHigh(words${Math.floor(f / 4)}[${f % 4}], ${sizes[f]}u)`;
  const channel = (c: number) =>
    `vec4u(vec4i(tables[floor + ${c}u], tables[wall + ${c}u], tables[object + ${c}u], tables[${skyAt + c}u]))`;
  return {
    kind: 'computed',
    tables,
    wgsl: {
      module: `
fn contribution(at: u32) -> i32 {
  let pair = tables[${contributionAt}u + at / 2u];
  return select(pair << 16u, pair, (at & 1u) == 1u) >> 16u;
}

fn channelValue(pixel: u32, places: vec4u) -> f32 {
  let sum = contribution(pixel + places.x) + contribution(pixel + places.y)
    + contribution(pixel + places.z) + contribution(pixel + places.w);
  return bitcast<f32>(tables[clamp((sum + ${1 << (contributionBits - 1)}) >> ${contributionBits}u, 0, 255)]);
}
`,
      line: `
  let floor = ${floorAt}u + 3u * ${factor(0)};
  let wall = ${wallAt}u + 3u * ${factor(1)};
  let object = ${objectAt}u + 3u * ${factor(2)};
  let red = ${channel(0)};
  let green = ${channel(1)};
  let blue = ${channel(2)};
  let orientation = ${factor(5)};
  let geometry = ${geometryAt}u
    + ((${factor(3)} * ${shapes}u + ${factor(4)}) * ${orientations}u + orientation) * ${wordsPerGeometry}u;
  let left = u32(tables[geometry]);
  let width = u32(tables[geometry + 2u]);
  let boxRow = row - u32(tables[geometry + 1u]);
  let hasBox = boxRow < u32(tables[geometry + 3u]);
  let boxLine = u32(tables[geometry + 4u]) + boxRow * width * ${places.count}u;
  let roomLine = (orientation * ${size}u + row) * ${size * places.count}u;`,
      pixel: `
    let boxColumn = column - left;
    let pixel = select(roomLine + column * ${places.count}u, boxLine + boxColumn * ${places.count}u,
      hasBox && boxColumn < width);`,
      channel: (c) => `channelValue(pixel, ${['red', 'green', 'blue'][c]})`,
    },
    wasm: { name: 'shapes3d', tables },
  };
}

/** Which contribution makes each channel of each hue, [hue, channel]. */
function placesOf({ channels }: Hues, start: number): number[] {
  return channels.flatMap((of) => of.map((level) => start + level));
}
