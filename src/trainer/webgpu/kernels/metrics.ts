import { klPerLatentIndex, metricIndex, metricWidth } from '../../../model/metricsRow.ts';
import { type BufferDeclaration, declareBuffers, type Kernel } from './kernel.ts';
import { liveDeclaration } from './live.ts';

/** Few, for drivers on the processor: each costs a switch at the barrier, and the last sum is one thread's. */
const threads = 64;

/**
 * One step's row of metrics (model/metricsRow.ts), as bits, into row `live.metricsRow`. Sums run in a fixed order, so
 * that equal steps give equal bits. Buffers: partial sums of the reconstruction, KL [batch, latents],
 * [terms of the discriminator], rows.
 */
export function metricsRow(batch: number, latents: number, partials: number, discriminator: boolean): Kernel {
  const width = metricWidth(latents);
  const terms: BufferDeclaration = { name: 'terms', type: 'vec4f', access: 'read' };
  const buffers: BufferDeclaration[] = [
    { name: 'partials', type: 'f32', access: 'read' },
    { name: 'divergence', type: 'f32', access: 'read' },
    ...(discriminator ? [terms] : []),
    { name: 'rows', type: 'u32', access: 'write' },
  ];
  const put = (name: Parameters<typeof metricIndex>[0], value: string) =>
    `rows[row + ${metricIndex(name)}u] = ${value};`;
  const real = (value: string) => `bitcast<u32>(${value})`;
  // The bits of NaN: WGSL has no such constant among its reals.
  const missing = '0x7fc00000u';
  const code = `${liveDeclaration}${declareBuffers(buffers)}
// Reconstruction, loss of the discriminator, its hits, logit 0 - logit 1 of the first batch.
var<workgroup> sums: array<vec4f, ${threads}>;
var<workgroup> latentSums: array<f32, ${latents}>;

@compute @workgroup_size(${threads})
fn main(@builtin(local_invocation_index) i: u32) {
  let row = live.metricsRow * ${width}u;
  var sum = vec4f(0.0);
  for (var at = i; at < min(arrayLength(&partials), ${partials}u); at += ${threads}u) { sum.x += partials[at]; }
${
  discriminator
    ? `  for (var at = i; at < ${2 * batch}u; at += ${threads}u) {
    let term = terms[at];
    sum += vec4f(0.0, term.x, term.y, select(0.0, term.z, at < ${batch}u));
  }`
    : ''
}
  sums[i] = sum;
  if (i < ${latents}u) {
    var latentSum = 0.0;
    for (var at = i; at < min(arrayLength(&divergence), ${batch * latents}u); at += ${latents}u) { latentSum += divergence[at]; }
    latentSums[i] = latentSum * ${1 / batch};
    rows[row + ${klPerLatentIndex}u + i] = bitcast<u32>(latentSums[i]);
  }
  workgroupBarrier();
  if (i == 0u) {
    var kl = 0.0;
    for (var j = 0u; j < ${latents}u; j++) { kl += latentSums[j]; }
    var total = vec4f(0.0);
    for (var j = 0u; j < ${threads}u; j++) { total += sums[j]; }
    ${put('reconstruction', real(`total.x * ${1 / batch}`))}
    ${put('kl', real('kl'))}
    ${put('totalCorrelation', discriminator ? real(`total.w * ${1 / batch}`) : missing)}
    ${put('discriminatorLoss', discriminator ? real(`total.y * ${0.5 / batch}`) : missing)}
    ${put('discriminatorAccuracy', discriminator ? real(`total.z * ${0.5 / batch}`) : missing)}
    ${put('gamma', real('live.gamma'))}
    ${put('beta', real('live.beta'))}
  }
}
`;
  return {
    label: 'metrics row',
    code,
    bindings: buffers.map((buffer) => buffer.access),
    workgroups: [1, 1, 1],
  };
}
