import { type Activation, negativeSlope } from '../../../model/layers.ts';
import { type Kernel, threadKernel } from './kernel.ts';
import { liveDeclaration, liveValue } from './live.ts';
import { logModule } from './random.wgsl.ts';

/** log(1 + exp(x)), without overflow, and the logistic function. */
export const softplusModule = `${logModule}
fn softplus(x: f32) -> f32 { return max(x, 0.0) + naturalLog(1.0 + exp(-abs(x))); }
fn logistic(x: f32) -> f32 {
  let e = exp(-abs(x));
  return select(e, 1.0, x >= 0.0) / (1.0 + e);
}
`;

/** Pixels that one thread of `reconstructionLoss` sums. */
const pixelsPerThread = 32;

/** Partial sums that `reconstructionLoss` writes. */
export function reconstructionPartials(pixels: number): number {
  return Math.ceil(pixels / pixelsPerThread);
}

/**
 * Binary cross-entropy with logits, and its gradient over the batch's mean in place of the logits. Each thread
 * writes the sum (nats) of its pixels. Buffers: images, logits, partial sums.
 */
export function reconstructionLoss(batch: number, pixels: number): Kernel {
  const threads = reconstructionPartials(pixels);
  return threadKernel({
    label: 'reconstruction loss',
    buffers: [
      { name: 'images', type: 'f32', access: 'read' },
      { name: 'logits', type: 'f32', access: 'write' },
      { name: 'partials', type: 'f32', access: 'write' },
    ],
    module: softplusModule,
    threads,
    body: `
  var sum = 0.0;
  for (var at = i; at < ${pixels}u; at += ${threads}u) {
    let logit = logits[at];
    let image = images[at];
    sum += softplus(logit) - logit * image;
    logits[at] = (logistic(logit) - image) * ${1 / batch};
  }
  partials[i] = sum;`,
  });
}

/** Pixel probabilities in place of logits, or as images. Buffers: logits, images if they are apart. */
export function pixelProbabilities(pixels: number, inPlace: boolean): Kernel {
  const result = inPlace ? 'logits' : 'images';
  return threadKernel({
    label: 'pixel probabilities',
    buffers: [
      { name: 'logits', type: 'f32', access: inPlace ? 'write' : 'read' },
      ...(inPlace ? [] : [{ name: 'images', type: 'f32', access: 'write' } as const]),
    ],
    module: softplusModule,
    threads: pixels,
    body: `  ${result}[i] = logistic(logits[i]);`,
  });
}

/**
 * Gradient of a live value (by index) times mean(logit 0 - logit 1) by the hidden layer before the logits,
 * through its activation. Buffers: weight of the logits [width, 4], hidden layer [batch, width], gradient [batch,
 * width].
 */
export function logitDifferenceGradient(
  batch: number,
  width: number,
  activation: Activation,
  factor: number,
): Kernel {
  const lane = (c: number) => `weight[unit + ${c}u].x - weight[unit + ${c}u].y`;
  return threadKernel({
    label: 'gradient of the difference of logits',
    buffers: [
      { name: 'weight', type: 'vec4f', access: 'read' },
      { name: 'hidden', type: 'vec4f', access: 'read' },
      { name: 'gradient', type: 'vec4f', access: 'write' },
    ],
    module: liveDeclaration,
    threads: (batch * width) / 4,
    body: `
  let unit = (i % ${width / 4}u) * 4u;
  let difference = vec4f(${[0, 1, 2, 3].map(lane).join(', ')});
  let slope = select(vec4f(${negativeSlope(activation) ?? 1}), vec4f(1.0), hidden[i] > vec4f(0.0));
  gradient[i] = ${liveValue(factor)} * ${1 / batch} * difference * slope;`,
  });
}

/**
 * The discriminator's loss 0.5 * (CE(real, class 0) + CE(permuted, class 1)), its gradient in place of the
 * logits, and for each row (loss in nats, 1 if classified right, logit 0 - logit 1, 0). The permuted rows start
 * at row `secondRow`; rows that hold no sample get no gradient. Buffers: logits [2 * secondRow, 4], terms [2 *
 * batch, 4].
 */
export function discriminatorLoss(batch: number, secondRow: number): Kernel {
  return threadKernel({
    label: 'discriminator loss',
    buffers: [
      { name: 'logits', type: 'vec4f', access: 'write' },
      { name: 'terms', type: 'vec4f', access: 'write' },
    ],
    module: discriminatorModule('terms', batch, secondRow),
    threads: 2 * secondRow,
    body: '  discriminatorRow(i);',
  });
}

/** WGSL `discriminatorRow(i)`: what `discriminatorLoss` does with row i, into the buffer `terms`. */
export function discriminatorModule(terms: string, batch: number, secondRow: number): string {
  return `${softplusModule}
fn discriminatorRow(i: u32) {
  let permuted = i >= ${secondRow}u;
  let row = select(i, i - ${secondRow}u, permuted);
  if (row >= ${batch}u) { logits[i] = vec4f(0.0); return; }
  let difference = logits[i].x - logits[i].y;
  // How much the logit of the wrong class exceeds that of the right one.
  let excess = select(-difference, difference, permuted);
  let right = select(0.0, 1.0, excess < 0.0);
  ${terms}[select(row, row + ${batch}u, permuted)] = vec4f(softplus(excess), right, difference, 0.0);
  let slope = logistic(excess) * ${0.5 / batch};
  logits[i] = select(vec4f(-slope, slope, 0.0, 0.0), vec4f(slope, -slope, 0.0, 0.0), permuted);
}
`;
}
