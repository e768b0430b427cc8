import type { ReactNode } from 'react';
import classes from './Banners.module.css';
import { CloseIcon } from './icons.tsx';

interface BannerProps {
  readonly tone: 'plain' | 'warn' | 'bad';
  readonly name: string;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}

/** One thing that a person should know, with what can be done about it. */
export function Banner({ tone, name, title, children, actions, onDismiss }: BannerProps) {
  return (
    <div
      className={classes.banner}
      data-tone={tone}
      data-testid={`banner-${name}`}
      role={tone === 'bad' ? 'alert' : 'status'}
    >
      <div className={classes.text}>
        <strong>{title}</strong> {children}
      </div>
      <div className={classes.actions}>
        {actions}
        {onDismiss && (
          <button type="button" className={classes.close} aria-label="Dismiss notice" onClick={onDismiss}>
            <CloseIcon />
          </button>
        )}
      </div>
    </div>
  );
}
