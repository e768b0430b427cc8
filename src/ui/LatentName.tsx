import classes from './LatentName.module.css';
import { latentColour, paletteRound } from './latentColour.ts';

/**
 * A latent's name beside its colour, in a shape that tells latents of one colour apart; the name is in ink, for
 * some of the colours are too light to read.
 */
export function LatentName({ latent }: { latent: number }) {
  return (
    <span className={classes.name}>
      <span
        className={classes.swatch}
        data-round={paletteRound(latent)}
        style={{ background: latentColour(latent) }}
      />
      z{latent}
    </span>
  );
}
