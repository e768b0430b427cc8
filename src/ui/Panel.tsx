import type { ReactNode } from 'react';
import classes from './Panel.module.css';
import { useSide, useSided } from './session/side.ts';
import { SideTag } from './sides/SideTag.tsx';

/** A region of the page with a name. */
export function Panel({ label, children, area }: { label: string; children: ReactNode; area?: string }) {
  return (
    <section
      className={classes.panel}
      aria-label={useSided(label)}
      style={area ? { gridArea: area } : undefined}
    >
      {children}
    </section>
  );
}

/** The head of a panel: its title at the left, small controls at the right. */
export function PanelHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  const side = useSide();
  return (
    <div className={classes.head}>
      <h2 className={classes.title}>
        {side && <SideTag side={side} />} {title}
      </h2>
      <div className={classes.tools}>{children}</div>
    </div>
  );
}
