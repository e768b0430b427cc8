import type { Side } from '../session/origin.ts';
import classes from './Sides.module.css';

/** A side's letter behind a piece of its curve: solid for A, dashed for B. */
export function SideTag({ side }: { side: Side }) {
  return (
    <span className={classes.tag} data-side={side}>
      <svg width="22" height="10" aria-hidden="true">
        <line x1="1" x2="21" y1="5" y2="5" />
      </svg>
      {side}
    </span>
  );
}
