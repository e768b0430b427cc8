import { liveValue } from './live';
import { address, at, real, word } from './record';
import { GradientPenalty, ImageGradient, InformationLoss, MixImages, ScoreLoss } from './records';
import { storeColumns } from './vectors';

/** A chunk is a sample. Borders of pictures are mixed too: zeros with zeros. */
export function mixImages(record: usize, chunk: i32): void {
  const length = word(record, MixImages.length);
  const sample = ((<usize>length) << 2) * <usize>chunk;
  const real = address(record, MixImages.images) + sample;
  const fake = real + address(record, MixImages.group);
  const mixed = fake + address(record, MixImages.group);
  const mix = v128.load32_splat(at(address(record, MixImages.mix), chunk));
  for (let i = 0; i < length; i += 4) {
    const b = v128.load(at(fake, i));
    const value = f32x4.add(b, f32x4.mul(mix, f32x4.sub(v128.load(at(real, i)), b)));
    storeColumns(at(mixed, i), value, value, min(4, length - i));
  }
}

export function imageGradient(record: usize, chunk: i32): void {
  const perChunk = word(record, ImageGradient.perChunk);
  const from = chunk * perChunk;
  const to = min(from + perChunk, word(record, ImageGradient.count));
  const one = f32x4.splat(1);
  for (let i = from; i < to; i += 4) {
    const p = v128.load(at(address(record, ImageGradient.images), i));
    const g = v128.load(at(address(record, ImageGradient.gradient), i));
    const value = f32x4.mul(g, f32x4.mul(p, f32x4.sub(one, p)));
    storeColumns(at(address(record, ImageGradient.logits), i), value, value, min(4, to - i));
  }
}

function putTerms(terms: usize, row: i32, loss: f64, difference: f64): void {
  store<f32>(at(terms, 4 * row), <f32>loss);
  store<f32>(at(terms, 4 * row + 1), 0);
  store<f32>(at(terms, 4 * row + 2), <f32>difference);
}

export function scoreLoss(record: usize): void {
  const rows = word(record, ScoreLoss.rows);
  const groups = word(record, ScoreLoss.groups);
  const scores = address(record, ScoreLoss.scores);
  for (let row = 0; row < rows; row++) {
    let sum: f64 = 0;
    for (let group = 0; group < groups; group++)
      sum += <f64>real(record, ScoreLoss.factor0 + group) * <f64>load<f32>(at(scores, group * rows + row));
    putTerms(address(record, ScoreLoss.terms), row, 0, sum);
  }
  for (let group = 0; group < groups; group++)
    for (let row = 0; row < rows; row++)
      store<f32>(at(scores, group * rows + row), real(record, ScoreLoss.gradient0 + group));
}

export function informationLoss(record: usize): void {
  const rows = word(record, InformationLoss.rows);
  const codes = word(record, InformationLoss.codes);
  const categories = word(record, InformationLoss.categories);
  const width = codes + categories;
  const weight = liveValue(word(record, InformationLoss.weight)) / <f64>rows;
  for (let row = 0; row < rows; row++) {
    const q = at(address(record, InformationLoss.inference), row * width);
    const given = at(
      address(record, InformationLoss.inputs),
      row * word(record, InformationLoss.inputLength),
    );
    const errors = at(address(record, InformationLoss.errors), row * codes);
    let loss: f64 = 0;
    for (let j = 0; j < codes; j++) {
      const error = <f64>load<f32>(at(q, j)) - <f64>load<f32>(at(given, j));
      loss += 0.5 * error * error;
      store<f32>(at(errors, j), <f32>(error * error));
      store<f32>(at(q, j), <f32>(weight * error));
    }
    let largest: f64 = -Infinity;
    for (let k = codes; k < width; k++) largest = max(largest, <f64>load<f32>(at(q, k)));
    let total: f64 = 0;
    for (let k = codes; k < width; k++) total += NativeMath.exp(<f64>load<f32>(at(q, k)) - largest);
    for (let k = codes; k < width; k++) {
      const logit = <f64>load<f32>(at(q, k));
      const isGiven = <f64>load<f32>(at(given, k));
      loss += isGiven * (largest + NativeMath.log(total) - logit);
      store<f32>(at(q, k), <f32>(weight * (NativeMath.exp(logit - largest) / total - isGiven)));
    }
    putTerms(address(record, InformationLoss.terms), row, loss, 0);
  }
}

/** A chunk is a sample. The borders of pictures are zeros, and stay so. */
export function gradientPenalty(record: usize, chunk: i32): void {
  const length = word(record, GradientPenalty.length);
  const sample = ((<usize>length) << 2) * <usize>chunk;
  const gradient = address(record, GradientPenalty.gradient) + sample;
  const tangent = address(record, GradientPenalty.tangent) + sample;
  let square: f64 = 0;
  for (let i = 0; i < length; i++) {
    const g = <f64>load<f32>(at(gradient, i));
    square += g * g;
  }
  const norm = Math.sqrt(square);
  putTerms(address(record, GradientPenalty.terms), chunk, (norm - 1) * (norm - 1), 0);
  const weight =
    (2 * liveValue(word(record, GradientPenalty.weight))) / <f64>word(record, GradientPenalty.rows);
  const factor = f32x4.splat(<f32>((weight * (norm - 1)) / max(norm, 1e-12)));
  for (let i = 0; i < length; i += 4) {
    const t = f32x4.mul(factor, v128.load(at(gradient, i)));
    storeColumns(at(tangent, i), t, t, min(4, length - i));
  }
}
