/** Latents by how much they carry now, the most first; equal ones by their number. */
export function byAmount(amounts: readonly number[]): number[] {
  const size = (latent: number) => (Number.isFinite(amounts[latent]) ? amounts[latent] : 0);
  return amounts.map((_, latent) => latent).sort((a, b) => size(b) - size(a) || a - b);
}
