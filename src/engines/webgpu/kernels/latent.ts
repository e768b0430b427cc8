import { padded } from '../paddedLayout.ts';
import { type BufferDeclaration, type Kernel, threadKernel } from './kernel.ts';
import { liveDeclaration, liveValue } from './live.ts';

/** A code z is [batch, padded latents]; padded latents are 0, whatever the noise. */
const element = (latents: number) => `
  let row = i / ${padded(latents)}u;
  let latent = i % ${padded(latents)}u;
  let real = latent < ${latents}u;`;

/** The latent layer puts out [batch, mean | log variance], both halves padded. */
const place = (latents: number) => `${element(latents)}
  let at = row * ${2 * padded(latents)}u + latent;`;

/** The row that number (row, latent) of a permuted code comes from. */
const permutedRow = (batch: number) => `u32(permutation[latent * ${batch}u + row])`;

/**
 * z = mean + exp(log variance / 2) * noise, and each latent's KL(q(z|x) || N(0, 1)) in nats.
 * Buffers: latent layer, noise [batch, latents], z, KL [batch, latents].
 */
export function reparameterise(batch: number, latents: number): Kernel {
  return threadKernel({
    label: 'reparameterise',
    buffers: [
      { name: 'posterior', type: 'f32', access: 'read' },
      { name: 'noise', type: 'f32', access: 'read' },
      { name: 'z', type: 'f32', access: 'write' },
      { name: 'divergence', type: 'f32', access: 'write' },
    ],
    threads: batch * padded(latents),
    body: `${place(latents)}
  if (!real) { z[i] = 0.0; return; }
  let mean = posterior[at];
  let logVariance = posterior[at + ${padded(latents)}u];
  let sample = row * ${latents}u + latent;
  z[i] = mean + exp(0.5 * logVariance) * noise[sample];
  divergence[sample] = 0.5 * (mean * mean + exp(logVariance) - 1.0 - logVariance);`,
  });
}

/**
 * Algorithm 1: samples z of the second batch and permutes each latent over the batch on its own.
 * Buffers: latent layer, noise [batch, latents], permutation [latents, batch], permuted z.
 */
export function sampleAndPermute(batch: number, latents: number): Kernel {
  return threadKernel({
    label: 'sample and permute codes',
    buffers: [
      { name: 'posterior', type: 'f32', access: 'read' },
      { name: 'noise', type: 'f32', access: 'read' },
      { name: 'permutation', type: 'i32', access: 'read' },
      { name: 'z', type: 'f32', access: 'write' },
    ],
    threads: batch * padded(latents),
    body: `${element(latents)}
  if (!real) { z[i] = 0.0; return; }
  let source = ${permutedRow(batch)};
  let at = source * ${2 * padded(latents)}u + latent;
  z[i] = posterior[at] + exp(0.5 * posterior[at + ${padded(latents)}u]) * noise[source * ${latents}u + latent];`,
  });
}

/**
 * Algorithm 1 on codes that are there: permutes each latent of the first `batch` rows over the batch on its own, into the
 * rows from `first` on. Buffers: permutation [latents, batch], z [first + batch, padded latents].
 */
export function permuteCodes(batch: number, latents: number, first: number): Kernel {
  return threadKernel({
    label: 'permute codes',
    buffers: [
      { name: 'permutation', type: 'i32', access: 'read' },
      { name: 'z', type: 'f32', access: 'write' },
    ],
    threads: batch * padded(latents),
    body: `${element(latents)}
  let to = ${first * padded(latents)}u + i;
  if (!real) { z[to] = 0.0; return; }
  z[to] = z[${permutedRow(batch)} * ${padded(latents)}u + latent];`,
  });
}

/**
 * Gradient of the loss by mean and log variance, in place of these. dz is the sum of the codes' gradients; the part of
 * the KL term is added here, `klWeight` being its weight's index among the live values.
 * Buffers: noise [batch, latents], codes0 and so on, [batch, padded latents], latent layer.
 */
export function reparameteriseGradient(
  batch: number,
  latents: number,
  gradients: number,
  klWeight: number,
): Kernel {
  const codes = Array.from({ length: gradients }, (_, g) => `codes${g}`);
  return threadKernel({
    label: 'gradient of the posterior',
    buffers: [
      { name: 'noise', type: 'f32', access: 'read' },
      ...codes.map((name): BufferDeclaration => ({ name, type: 'f32', access: 'read' })),
      { name: 'posterior', type: 'f32', access: 'write' },
    ],
    module: liveDeclaration,
    threads: batch * padded(latents),
    body: `${place(latents)}
  if (!real) {
    posterior[at] = 0.0;
    posterior[at + ${padded(latents)}u] = 0.0;
    return;
  }
  let mean = posterior[at];
  let logVariance = posterior[at + ${padded(latents)}u];
  let dz = ${codes.map((name) => `${name}[i]`).join(' + ')};
  let weight = ${liveValue(klWeight)} * ${1 / batch};
  posterior[at] = dz + weight * mean;
  posterior[at + ${padded(latents)}u] =
    0.5 * dz * noise[row * ${latents}u + latent] * exp(0.5 * logVariance) + 0.5 * weight * (exp(logVariance) - 1.0);`,
  });
}
