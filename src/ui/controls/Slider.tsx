import { type CSSProperties, useRef } from 'react';
import classes from './Slider.module.css';
import { useGrip } from './useGrip.ts';

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
  /**
   * Called as a pointer comes down; returns what brings back what was there before. For what is more than the
   * slider's own value, or finer than its steps.
   */
  readonly onGrab?: () => () => void;
}

/** Diameter of the thumb in pixels. */
const thumbs = { small: 16, large: 26 } as const;

/**
 * A native range input: arrows, Page Up and Down, Home and End come with it, on every platform. What fingers do to
 * it is its own: browsers move the thumb as soon as it is touched, though the touch may be a swipe that scrolls
 * the page.
 */
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
    onGrab = () => () => onChange(value),
  } = props;
  const input = useRef<HTMLInputElement>(null);
  const thumb = thumbs[size];
  const share = (v: number) => (max === min ? 0 : (100 * (v - min)) / (max - min));
  const [low, high] = [share(Math.min(value, origin)), share(Math.max(value, origin))];

  const { browserCounts, handlers } = useGrip((grabbedAt) => {
    const { left, width } = input.current?.getBoundingClientRect() ?? { left: 0, width: 0 };
    const way = Math.max(1, width - thumb);
    const centre = left + thumb / 2 + (way * share(value)) / 100;
    const onThumb = Math.abs(grabbedAt - centre) <= thumb / 2;
    // A thumb that is held by its edge stays held so.
    const offset = onThumb ? grabbedAt - centre : 0;
    return {
      follow(x) {
        if (onThumb && x === grabbedAt) return;
        const at = Math.min(1, Math.max(0, (x - offset - left - thumb / 2) / way));
        const steps = Math.round((at * (max - min)) / step);
        // Without the noise of multiplying decimals: 0.15, not 0.15000000000000002.
        onChange(Math.min(max, Number((min + steps * step).toFixed(6))));
      },
      putBack: onGrab(),
    };
  });

  const style: CSSProperties & Record<`--${string}`, string> = {
    '--low': `${low}%`,
    '--high': `${high}%`,
    '--colour': colour ?? 'var(--ink)',
    '--thumb': `${thumb}px`,
  };
  return (
    <input
      {...handlers}
      ref={input}
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
      onChange={(event) => {
        // React puts the thumb back where the change does not count.
        if (browserCounts()) onChange(event.currentTarget.valueAsNumber);
      }}
    />
  );
}
