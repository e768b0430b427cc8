/** Colours of the palette: see theme.css. */
export const paletteSize = 10;

/** The colour of a latent, the same on bars, rows and sliders; beyond the palette colours come round again. */
export function latentColour(latent: number): string {
  return `var(--latent-${latent % paletteSize})`;
}

/**
 * How often the colours came round before this latent: 0 for the first ten. Latents of one colour differ in it.
 */
export function paletteRound(latent: number): number {
  return Math.floor(latent / paletteSize);
}
