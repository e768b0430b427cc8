const colours = 10;

/** The colour of a latent, the same on bars, rows and sliders; beyond ten latents colours come round again. */
export function latentColour(latent: number): string {
  return `var(--latent-${latent % colours})`;
}
