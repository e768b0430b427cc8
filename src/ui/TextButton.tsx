import type { ComponentProps } from 'react';
import classes from './TextButton.module.css';

/** A button that looks like a link in the text around it. */
export function TextButton({ className = '', ...props }: ComponentProps<'button'>) {
  return <button type="button" {...props} className={`${classes.button} ${className}`} />;
}
