/** Latents to choose from in a `Select`. */
export function LatentOptions({ latents }: { latents: readonly number[] }) {
  return latents.map((latent) => (
    <option key={latent} value={latent}>
      z{latent}
    </option>
  ));
}
