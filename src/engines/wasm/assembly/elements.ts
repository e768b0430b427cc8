import { liveValue } from './live';
import { address, at, real, word } from './record';
import {
  Adam,
  Add,
  DiscriminatorLoss,
  LogitDifference,
  Permute,
  Pixels,
  Reparameterise,
  ReparameteriseGradient,
} from './records';
import { expNegative, logOnePlus, slopeWhere, storeColumns } from './vectors';

/** The numbers of a chunk in fours; the last four may reach past the end, where nothing is stored. */
export function add(record: usize, chunk: i32): void {
  const perChunk = word(record, Add.perChunk);
  const from = chunk * perChunk;
  const to = min(from + perChunk, word(record, Add.count));
  const a = address(record, Add.a);
  const b = address(record, Add.b);
  const through = address(record, Add.through);
  const result = address(record, Add.result);
  const slope = f32x4.splat(real(record, Add.slope));
  for (let i = from; i < to; i += 4) {
    let sum = v128.load(at(a, i));
    if (b) sum = f32x4.add(sum, v128.load(at(b, i)));
    if (through) sum = slopeWhere(sum, v128.load(at(through, i)), slope);
    storeColumns(at(result, i), sum, sum, min(4, to - i));
  }
}

export function reparameterise(record: usize): void {
  const rows = word(record, Reparameterise.rows);
  const latents = word(record, Reparameterise.latents);
  const noise = address(record, Reparameterise.noise);
  const codes = address(record, Reparameterise.codes);
  const divergence = address(record, Reparameterise.divergence);
  for (let row = 0; row < rows; row++) {
    const means = at(address(record, Reparameterise.posterior), row * 2 * latents);
    for (let j = 0; j < latents; j++) {
      const mean = <f64>load<f32>(at(means, j));
      const logVariance = <f64>load<f32>(at(means, latents + j));
      const deviation = NativeMath.exp(0.5 * logVariance);
      const i = row * latents + j;
      store<f32>(at(codes, i), <f32>(mean + deviation * <f64>load<f32>(at(noise, i))));
      store<f32>(at(divergence, i), <f32>(0.5 * (mean * mean + deviation * deviation - 1 - logVariance)));
    }
  }
}

export function reparameteriseGradient(record: usize): void {
  const rows = word(record, ReparameteriseGradient.rows);
  const latents = word(record, ReparameteriseGradient.latents);
  const noise = address(record, ReparameteriseGradient.noise);
  const a = address(record, ReparameteriseGradient.gradientA);
  const b = address(record, ReparameteriseGradient.gradientB);
  const weight = liveValue(word(record, ReparameteriseGradient.klWeight)) / <f64>rows;
  for (let row = 0; row < rows; row++) {
    const means = at(address(record, ReparameteriseGradient.posterior), row * 2 * latents);
    for (let j = 0; j < latents; j++) {
      const mean = at(means, j);
      const logVariance = at(means, latents + j);
      const deviation = NativeMath.exp(0.5 * <f64>load<f32>(logVariance));
      const i = row * latents + j;
      let d = <f64>load<f32>(at(a, i));
      if (b) d += load<f32>(at(b, i));
      store<f32>(mean, <f32>(d + weight * <f64>load<f32>(mean)));
      const byNoise = 0.5 * d * <f64>load<f32>(at(noise, i)) * deviation;
      store<f32>(logVariance, <f32>(byNoise + 0.5 * weight * (deviation * deviation - 1)));
    }
  }
}

export function permuteCodes(record: usize): void {
  const rows = word(record, Permute.rows);
  const latents = word(record, Permute.latents);
  const codes = address(record, Permute.codes);
  const permutation = address(record, Permute.permutation);
  const result = address(record, Permute.result);
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < latents; j++) {
      const source = load<i32>(at(permutation, j * rows + row));
      store<f32>(at(result, row * latents + j), load<f32>(at(codes, source * latents + j)));
    }
}

export function sampleAndPermute(record: usize): void {
  const rows = word(record, Permute.rows);
  const latents = word(record, Permute.latents);
  const posterior = address(record, Permute.posterior);
  const noise = address(record, Permute.noise);
  const permutation = address(record, Permute.permutation);
  const result = address(record, Permute.result);
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < latents; j++) {
      const source = load<i32>(at(permutation, j * rows + row));
      const mean = <f64>load<f32>(at(posterior, source * 2 * latents + j));
      const logVariance = <f64>load<f32>(at(posterior, (source * 2 + 1) * latents + j));
      const z = mean + NativeMath.exp(0.5 * logVariance) * <f64>load<f32>(at(noise, source * latents + j));
      store<f32>(at(result, row * latents + j), <f32>z);
    }
}

/** Cross-entropy with logits x of targets t, softplus(x) - x t, and its gradient by x. */
export function reconstructionLoss(record: usize, chunk: i32): void {
  const perChunk = word(record, Pixels.perChunk);
  const images = word(record, Pixels.images);
  const lines = word(record, Pixels.lines);
  const length = word(record, Pixels.length);
  const first = chunk * perChunk;
  const last = min(first + perChunk, images);
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const scale = f32x4.splat(1 / <f32>images);
  for (let image = first; image < last; image++) {
    let total: f64 = 0;
    for (let y = 0; y < lines; y++) {
      const offset = <usize>image * address(record, Pixels.image) + <usize>y * address(record, Pixels.line);
      const logits = address(record, Pixels.logits) + offset;
      const targets = address(record, Pixels.targets) + offset;
      let sums = zero;
      for (let i = 0; i < length; i += 4) {
        const x = v128.load(at(logits, i));
        const t = v128.load(at(targets, i));
        const e = expNegative(f32x4.neg(f32x4.abs(x)));
        const loss = f32x4.sub(f32x4.add(f32x4.max(x, zero), logOnePlus(e)), f32x4.mul(x, t));
        const p = f32x4.div(v128.bitselect(one, e, f32x4.ge(x, zero)), f32x4.add(one, e));
        const gradient = f32x4.mul(f32x4.sub(p, t), scale);
        const valid = min(4, length - i);
        storeColumns(at(logits, i), gradient, gradient, valid);
        if (valid === 4) sums = f32x4.add(sums, loss);
        else for (let c = 0; c < valid; c++) total += lane(loss, c);
      }
      total += <f64>lane(sums, 0) + <f64>lane(sums, 1) + (<f64>lane(sums, 2) + <f64>lane(sums, 3));
    }
    store<f64>(address(record, Pixels.sums) + ((<usize>image) << 3), total);
  }
}

function lane(v: v128, index: i32): f32 {
  if (index === 0) return f32x4.extract_lane(v, 0);
  if (index === 1) return f32x4.extract_lane(v, 1);
  return index === 2 ? f32x4.extract_lane(v, 2) : f32x4.extract_lane(v, 3);
}

/** The logistic function of logits, at `targets`, which may be the logits' own place. */
export function pixelProbabilities(record: usize, chunk: i32): void {
  const perChunk = word(record, Pixels.perChunk);
  const lines = word(record, Pixels.lines);
  const length = word(record, Pixels.length);
  const first = chunk * perChunk;
  const last = min(first + perChunk, word(record, Pixels.images));
  const one = f32x4.splat(1);
  for (let image = first; image < last; image++)
    for (let y = 0; y < lines; y++) {
      const offset = <usize>image * address(record, Pixels.image) + <usize>y * address(record, Pixels.line);
      const logits = address(record, Pixels.logits) + offset;
      const targets = address(record, Pixels.targets) + offset;
      for (let i = 0; i < length; i += 4) {
        const x = v128.load(at(logits, i));
        const e = expNegative(f32x4.neg(f32x4.abs(x)));
        const p = f32x4.div(v128.bitselect(one, e, f32x4.ge(x, f32x4.splat(0))), f32x4.add(one, e));
        storeColumns(at(targets, i), p, p, min(4, length - i));
      }
    }
}

export function logitDifferenceGradient(record: usize, chunk: i32): void {
  const perChunk = word(record, LogitDifference.perChunk);
  const rows = word(record, LogitDifference.rows);
  const width = word(record, LogitDifference.width);
  const weight = address(record, LogitDifference.weight);
  const hidden = address(record, LogitDifference.hidden);
  const result = address(record, LogitDifference.result);
  const slope = real(record, LogitDifference.slope);
  const factor = <f32>(liveValue(word(record, LogitDifference.factor)) / <f64>rows);
  const first = chunk * perChunk;
  const last = min(first + perChunk, rows);
  for (let row = first; row < last; row++)
    for (let unit = 0; unit < width; unit++) {
      const difference = load<f32>(at(weight, 2 * unit)) - load<f32>(at(weight, 2 * unit + 1));
      const i = row * width + unit;
      store<f32>(at(result, i), factor * difference * (load<f32>(at(hidden, i)) > 0 ? 1 : slope));
    }
}

export function discriminatorLoss(record: usize): void {
  const rows = word(record, DiscriminatorLoss.rows);
  const logits = address(record, DiscriminatorLoss.logits);
  const terms = address(record, DiscriminatorLoss.terms);
  for (let row = 0; row < 2 * rows; row++) {
    const isSecond = row >= rows;
    const difference = <f64>load<f32>(at(logits, 2 * row)) - <f64>load<f32>(at(logits, 2 * row + 1));
    // How much the logit of the wrong class exceeds that of the right one.
    const excess = isSecond ? difference : -difference;
    const e = NativeMath.exp(-abs(excess));
    store<f32>(at(terms, 4 * row), <f32>(max(excess, 0) + NativeMath.log1p(e)));
    store<f32>(at(terms, 4 * row + 1), excess < 0 ? 1 : 0);
    store<f32>(at(terms, 4 * row + 2), <f32>difference);
    const slope = <f32>((0.5 * (excess >= 0 ? 1 : e)) / (1 + e) / <f64>rows);
    store<f32>(at(logits, 2 * row), isSecond ? slope : -slope);
    store<f32>(at(logits, 2 * row + 1), isSecond ? -slope : slope);
  }
}

/**
 * Moments below 1e-34 become 0. Under a gradient that stays 0 they would else stay below 1.2e-38 for ever, where a
 * processor takes a hundred times as long (docs/performance.md). Parameters do not feel it: beside Adam's epsilon,
 * 1e-8, such moments are less than float32 tells apart.
 */
function unlessTiny(values: v128): v128 {
  // What is no number is not below, and stays.
  return v128.andnot(values, f32x4.lt(f32x4.abs(values), f32x4.splat(1e-34)));
}

/** Kingma & Ba 2015 as PyTorch computes it: the correction of v stands outside the root. */
export function adam(record: usize, chunk: i32): void {
  const perChunk = word(record, Adam.perChunk);
  const from = chunk * perChunk;
  const to = min(from + perChunk, word(record, Adam.count));
  const b1 = f32x4.splat(real(record, Adam.beta1));
  const b2 = f32x4.splat(real(record, Adam.beta2));
  const r1 = f32x4.splat(real(record, Adam.oneMinusBeta1));
  const r2 = f32x4.splat(real(record, Adam.oneMinusBeta2));
  const rate = f32x4.splat(<f32>liveValue(word(record, Adam.rate)));
  const correction = f32x4.splat(<f32>liveValue(word(record, Adam.rate) + 1));
  const epsilon = f32x4.splat(1e-8);
  const parameters = address(record, Adam.parameters);
  const first = address(record, Adam.first);
  const second = address(record, Adam.second);
  const gradients = address(record, Adam.gradients);
  for (let i = from; i < to; i += 4) {
    const g = v128.load(at(gradients, i));
    const m = unlessTiny(f32x4.add(f32x4.mul(v128.load(at(first, i)), b1), f32x4.mul(g, r1)));
    const v = unlessTiny(f32x4.add(f32x4.mul(v128.load(at(second, i)), b2), f32x4.mul(f32x4.mul(g, g), r2)));
    v128.store(at(first, i), m);
    v128.store(at(second, i), v);
    const change = f32x4.div(f32x4.mul(rate, m), f32x4.add(f32x4.mul(f32x4.sqrt(v), correction), epsilon));
    v128.store(at(parameters, i), f32x4.sub(v128.load(at(parameters, i)), change));
  }
}
