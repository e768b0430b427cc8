/** Below this many nats a latent counts as not used: it reads as 0.0. */
export const unusedBelow = 0.05;

/** Latents by KL, highest first, as it is now; equal ones by their number. */
export function byKl(kl: readonly number[]): number[] {
  const size = (latent: number) => (Number.isFinite(kl[latent]) ? kl[latent] : 0);
  return kl.map((_, latent) => latent).sort((a, b) => size(b) - size(a) || a - b);
}
