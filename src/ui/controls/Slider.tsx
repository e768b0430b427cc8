import type { CSSProperties } from 'react';
import classes from './Slider.module.css';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What a screen reader says for the value. */
  readonly valueText: string;
  readonly colour?: string;
  readonly size?: 'small' | 'large';
  /** Fills from here instead of from the left end. */
  readonly origin?: number;
  readonly disabled?: boolean;
  readonly onChange: (value: number) => void;
}

/** A native range input: arrows, Page Up and Down, Home and End come with it, on every platform. */
export function Slider(props: SliderProps) {
  const {
    label,
    value,
    min,
    max,
    step,
    valueText,
    colour,
    size = 'small',
    origin = min,
    disabled,
    onChange,
  } = props;
  const share = (v: number) => (max === min ? 0 : (100 * (v - min)) / (max - min));
  const [low, high] = [share(Math.min(value, origin)), share(Math.max(value, origin))];
  const style: CSSProperties & Record<`--${string}`, string> = {
    '--low': `${low}%`,
    '--high': `${high}%`,
    '--colour': colour ?? 'var(--ink)',
  };
  return (
    <input
      type="range"
      className={classes.slider}
      data-size={size}
      style={style}
      aria-label={label}
      aria-valuetext={valueText}
      min={min}
      max={max}
      step={step}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
    />
  );
}
