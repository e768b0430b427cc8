import type { ReactNode } from 'react';
import classes from './Select.module.css';

interface SelectProps {
  /** The name for screen readers. */
  readonly label: string;
  readonly value: string | number;
  readonly size?: 'small' | 'large';
  readonly title?: string;
  readonly onChange: (value: string) => void;
  /** Its options. */
  readonly children: ReactNode;
}

/**
 * A choice among a few, by the browser's own menu: it needs no script, and phones have a better one than we do.
 */
export function Select({ label, value, size = 'small', title, onChange, children }: SelectProps) {
  return (
    <select
      className={classes.select}
      data-size={size}
      aria-label={label}
      title={title}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {children}
    </select>
  );
}
