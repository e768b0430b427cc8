import { type GeneratorInput, inputLength, leastNorm, type ScoreLoss } from '../../../plan/operations.ts';
import { padded } from '../paddedLayout.ts';
import { type BufferDeclaration, declareBuffers, type Kernel, threadKernel } from './kernel.ts';
import { liveDeclaration, liveValue } from './live.ts';
import { softplusModule } from './losses.ts';

/**
 * The third of three groups of images, `group` numbers apart: a mix of the others. Buffers: mix [batch], images.
 */
export function mixImages(batch: number, length: number, group: number): Kernel {
  return threadKernel({
    label: 'mixed images',
    buffers: [
      { name: 'mix', type: 'f32', access: 'read' },
      { name: 'images', type: 'f32', access: 'write' },
    ],
    threads: batch * length,
    body: `
  let fake = images[i + ${group}u];
  images[i + ${2 * group}u] = fake + mix[i / ${length}u] * (images[i] - fake);`,
  });
}

/** Gradient by logits from that by images. Buffers: gradient, images, logits. */
export function imageGradient(pixels: number): Kernel {
  return threadKernel({
    label: 'gradient of generated images',
    buffers: [
      { name: 'gradient', type: 'f32', access: 'read' },
      { name: 'images', type: 'f32', access: 'read' },
      { name: 'logits', type: 'f32', access: 'write' },
    ],
    threads: pixels,
    body: '  logits[i] = gradient[i] * images[i] * (1.0 - images[i]);',
  });
}

/**
 * Constant gradients in place of scores, and (0, 0, sum of scores times factors, 0) for each sample. Groups lie
 * `stride` rows apart; rows that hold no sample get no gradient. Buffers: scores [groups * stride, 4], terms
 * [batch, 4].
 */
export function scoreLoss(batch: number, stride: number, groups: ScoreLoss['groups']): Kernel {
  const at = (group: number) => `scores[i + ${group * stride}u]`;
  const sum = groups.map(({ factor }, g) => `${at(g)}.x * ${real(factor)}`).join(' + ');
  const stores = groups.map(({ gradient }, g) => {
    return `  ${at(g)} = vec4f(select(0.0, ${real(gradient)}, isSample), 0.0, 0.0, 0.0);`;
  });
  return threadKernel({
    label: 'score loss',
    buffers: [
      { name: 'scores', type: 'vec4f', access: 'write' },
      { name: 'terms', type: 'vec4f', access: 'write' },
    ],
    threads: stride,
    body: `
  let isSample = i < ${batch}u;
  if (isSample) { terms[i] = vec4f(0.0, 0.0, ${sum}, 0.0); }
${stores.join('\n')}`,
  });
}

/**
 * Half the codes' squared errors and the category's cross-entropy of what Q infers, whose gradient takes its
 * place, and (loss, 0, 0, 0) for each sample; `weight` is the live value's index. Buffers: inference and inputs,
 * both with padded rows, terms [batch, 4], errors [batch, codes].
 */
export function informationLoss(batch: number, of: GeneratorInput, weight: number): Kernel {
  const { codes, categories } = of;
  const width = padded(codes + categories);
  const category = `
  var largest = inference[q + ${codes}u];
  for (var k = 1u; k < ${categories}u; k++) { largest = max(largest, inference[q + ${codes}u + k]); }
  var total = 0.0;
  for (var k = 0u; k < ${categories}u; k++) { total += exp(inference[q + ${codes}u + k] - largest); }
  for (var k = ${codes}u; k < ${codes + categories}u; k++) {
    let logit = inference[q + k];
    let isGiven = inputs[given + k];
    loss += isGiven * (largest + naturalLog(total) - logit);
    inference[q + k] = weight * (exp(logit - largest) / total - isGiven);
  }`;
  return threadKernel({
    label: 'information loss',
    buffers: [
      { name: 'inference', type: 'f32', access: 'write' },
      { name: 'inputs', type: 'f32', access: 'read' },
      { name: 'terms', type: 'vec4f', access: 'write' },
      { name: 'errors', type: 'f32', access: 'write' },
    ],
    module: `${liveDeclaration}${softplusModule}`,
    threads: batch,
    body: `
  let q = i * ${width}u;
  let given = i * ${padded(inputLength(of))}u;
  let weight = ${liveValue(weight)} * ${1 / batch};
  var loss = 0.0;
  for (var j = 0u; j < ${codes}u; j++) {
    let error = inference[q + j] - inputs[given + j];
    loss += 0.5 * error * error;
    errors[i * ${codes}u + j] = error * error;
    inference[q + j] = weight * error;
  }${categories === 0 ? '' : category}
  terms[i] = vec4f(loss, 0.0, 0.0, 0.0);`,
  });
}

/** Threads that sum one sample's squares. */
const threads = 64;

/**
 * Of each sample's gradient the gradient of `weight` (a live value's index) times the mean of (norm - 1)^2, and
 * ((norm - 1)^2, 0, 0, 0). A workgroup is a sample; it sums in a fixed order. Buffers: gradient and tangent
 * [batch, length], terms [batch, 4].
 */
export function gradientPenalty(batch: number, length: number, weight: number): Kernel {
  const buffers: BufferDeclaration[] = [
    { name: 'gradient', type: 'f32', access: 'read' },
    { name: 'tangent', type: 'f32', access: 'write' },
    { name: 'terms', type: 'vec4f', access: 'write' },
  ];
  const code = `${liveDeclaration}${declareBuffers(buffers)}
var<workgroup> sums: array<f32, ${threads}>;
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let first = group.x * ${length}u;
  var square = 0.0;
  for (var at = i; at < ${length}u; at += ${threads}u) { square += gradient[first + at] * gradient[first + at]; }
  sums[i] = square;
  workgroupBarrier();
  var total = 0.0;
  for (var j = 0u; j < ${threads}u; j++) { total += sums[j]; }
  let norm = sqrt(total);
  if (i == 0u) { terms[group.x] = vec4f((norm - 1.0) * (norm - 1.0), 0.0, 0.0, 0.0); }
  let factor = ${liveValue(weight)} * ${2 / batch} * (norm - 1.0) / max(norm, ${leastNorm});
  for (var at = i; at < ${length}u; at += ${threads}u) { tangent[first + at] = factor * gradient[first + at]; }
}
`;
  return { label: 'gradient penalty', code, bindings: buffers, workgroups: [batch, 1, 1] };
}

/** A number as WGSL reads it as a real. */
function real(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : `${value}`;
}
