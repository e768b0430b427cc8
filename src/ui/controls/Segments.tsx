import { type ReactNode, useId } from 'react';
import classes from './Segments.module.css';

interface SegmentsProps<Value extends string> {
  /** The name for screen readers. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onChange: (value: Value) => void;
  readonly size?: 'small' | 'large';
  readonly fullWidth?: boolean;
  /** Labels go on in a second line. */
  readonly wraps?: boolean;
  readonly disabled?: boolean;
}

/**
 * One of a few, all of them in sight: the browser's own radio buttons, dressed by styles alone. A control that
 * places a mark by script asks for the layout of the page, which takes long while the page opens.
 */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, value, options, onChange, size = 'large', fullWidth, wraps, disabled } = props;
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={classes.segments}
      data-size={size}
      data-full-width={fullWidth || undefined}
      data-wraps={wraps || undefined}
    >
      {options.map((option) => (
        <label key={option.value} className={classes.segment}>
          <input
            type="radio"
            className={classes.input}
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={disabled}
            onChange={() => onChange(option.value)}
          />
          <span className={classes.label}>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
