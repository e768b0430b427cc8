import { type ReactNode, useState } from 'react';
import { TermStopsContext } from './help/Term.tsx';
import { TermStops } from './help/termStops.ts';
import classes from './Panel.module.css';
import { useSide, useSided } from './session/side.ts';
import { SideTag } from './sides/SideTag.tsx';

/** A region of the page with a name. Its explained words are one stop of the Tab key. */
export function Panel({ label, children, area }: { label: string; children: ReactNode; area?: string }) {
  const [stops] = useState(() => new TermStops());
  return (
    <section
      className={classes.panel}
      aria-label={useSided(label)}
      style={area ? { gridArea: area } : undefined}
    >
      <TermStopsContext value={stops}>{children}</TermStopsContext>
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
