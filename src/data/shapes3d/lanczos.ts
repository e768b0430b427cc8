/**
 * Every pixel is made from three samples a side, by Lanczos' filter of three lobes, as Pillow reduces a picture.
 */
export const samplesPerPixel = 3;
const lobes = 3;
/** Samples that a pixel is made from, along one axis; those beyond are zero. */
export const taps = 2 * lobes * samplesPerPixel - 1;
/** The first of them, from the pixel's own first sample. */
export const firstTap = 1 - (taps - 1) / 2;

/**
 * Weights of the samples of each of `size` pixels, [size, taps]; of those inside the picture, they add up to 1.
 */
export function lanczosWeights(size: number): Float64Array {
  const weights = new Float64Array(size * taps);
  for (let pixel = 0; pixel < size; pixel++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const sample = pixel * samplesPerPixel + firstTap + tap;
      if (sample < 0 || sample >= size * samplesPerPixel) continue;
      const x = (tap - (taps - 1) / 2) / samplesPerPixel;
      const weight = sinc(x) * sinc(x / lobes);
      weights[pixel * taps + tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < taps; tap++) weights[pixel * taps + tap] /= sum;
  }
  return weights;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
