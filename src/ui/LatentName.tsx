import classes from './LatentName.module.css';
import { latentColour } from './latentColour.ts';

/** A latent's name beside its colour; the name is in ink, for some of the colours are too light to read. */
export function LatentName({ latent }: { latent: number }) {
  return (
    <span className={classes.name}>
      <span className={classes.swatch} style={{ background: latentColour(latent) }} />z{latent}
    </span>
  );
}
