import type { ReactNode } from 'react';
import { Slider } from '../controls/Slider.tsx';
import { formatQuantity } from '../format.ts';
import { LatentName } from '../LatentName.tsx';
import { latentColour } from '../latentColour.ts';
import classes from './CodeSliders.module.css';

interface CodeSlidersProps {
  readonly latents: number;
  /** How far a latent goes either way. */
  readonly reach: number;
  /** Null while there is none. */
  readonly code: readonly number[] | null;
  readonly nameOf: (latent: number) => string;
  readonly onChange: (code: readonly number[]) => void;
  /** Called as a pointer comes down; returns what brings back what was there before. */
  readonly onGrab: () => () => void;
}

/** A slider a latent. */
export function CodeSliders({ latents, reach, code, nameOf, onChange, onGrab }: CodeSlidersProps) {
  return [...Array(latents).keys()].map((latent) => (
    <CodeSlider
      key={latent}
      name={<LatentName latent={latent} />}
      label={nameOf(latent)}
      colour={latentColour(latent)}
      reach={reach}
      value={code?.[latent] ?? null}
      onChange={(moved) => code && onChange(code.with(latent, moved))}
      onGrab={onGrab}
    />
  ));
}

interface CodeSliderProps {
  readonly name: ReactNode;
  readonly label: string;
  readonly colour: string;
  readonly reach: number;
  /** Null while there is none. */
  readonly value: number | null;
  readonly onChange: (value: number) => void;
  readonly onGrab: () => () => void;
}

/** One number of what a model is given, from -reach to reach. */
export function CodeSlider({ name, label, colour, reach, value, onChange, onGrab }: CodeSliderProps) {
  const shown = value ?? 0;
  return (
    <div className={classes.row}>
      <span aria-hidden="true">{name}</span>
      <Slider
        label={label}
        colour={colour}
        min={-reach}
        max={reach}
        step={reach / 60}
        origin={0}
        value={Math.max(-reach, Math.min(reach, shown))}
        valueText={formatQuantity(shown)}
        disabled={value === null}
        onChange={onChange}
        onGrab={onGrab}
      />
      <span className={classes.value} aria-hidden="true">
        {formatQuantity(shown)}
      </span>
    </div>
  );
}
