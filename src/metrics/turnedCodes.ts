import type { Turn } from '../model/turn.ts';

/** Where each latent lies over the data, and how far it spreads, [latents]. */
export interface LatentSpread {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/**
 * Codes with two latents turned: u is a latent less its mean over its deviation; the first becomes cos u1 + sin
 * u2, the second cos u2 - sin u1, each back in its own mean and deviation. So 0 degrees change nothing, and at 45
 * each is as much of one as of the other. A latent that does not vary stays as it is, as if its u were 0.
 *
 * @param codes [count, latents]
 */
export function turnCodes(codes: Float32Array, spread: LatentSpread, { pair, degrees }: Turn): Float32Array {
  const { means, deviations } = spread;
  const latents = means.length;
  const [first, second] = pair;
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const unit = (value: number, latent: number) =>
    deviations[latent] > 0 ? (value - means[latent]) / deviations[latent] : 0;
  const out = codes.slice();
  for (let at = 0; at < codes.length; at += latents) {
    const [u, v] = [unit(codes[at + first], first), unit(codes[at + second], second)];
    out[at + first] = means[first] + deviations[first] * (cos * u + sin * v);
    out[at + second] = means[second] + deviations[second] * (cos * v - sin * u);
  }
  return out;
}

/** Codes that say nothing by one latent: it has its mean throughout. */
export function withoutLatent(codes: Float32Array, { means }: LatentSpread, latent: number): Float32Array {
  return codes.map((value, at) => (at % means.length === latent ? means[latent] : value));
}
