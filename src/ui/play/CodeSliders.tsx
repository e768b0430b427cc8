import { Slider } from '../controls/Slider.tsx';
import { formatQuantity } from '../format.ts';
import { LatentName } from '../LatentName.tsx';
import { latentColour } from '../latentColour.ts';
import classes from './CodeSliders.module.css';

const reach = 3;

interface CodeSlidersProps {
  readonly latents: number;
  /** Null while there is none. */
  readonly code: readonly number[] | null;
  readonly nameOf: (latent: number) => string;
  readonly onChange: (code: readonly number[]) => void;
  /** Called as a pointer comes down; returns what brings back what was there before. */
  readonly onGrab: () => () => void;
}

/** A slider a latent. */
export function CodeSliders({ latents, code, nameOf, onChange, onGrab }: CodeSlidersProps) {
  return [...Array(latents).keys()].map((latent) => {
    const value = code?.[latent] ?? 0;
    return (
      <div key={latent} className={classes.row}>
        <span aria-hidden="true">
          <LatentName latent={latent} />
        </span>
        <Slider
          label={nameOf(latent)}
          colour={latentColour(latent)}
          min={-reach}
          max={reach}
          step={0.05}
          origin={0}
          value={Math.max(-reach, Math.min(reach, value))}
          valueText={formatQuantity(value)}
          disabled={code === null}
          onChange={(moved) => code && onChange(code.with(latent, moved))}
          onGrab={onGrab}
        />
        <span className={classes.value} aria-hidden="true">
          {formatQuantity(value)}
        </span>
      </div>
    );
  });
}
