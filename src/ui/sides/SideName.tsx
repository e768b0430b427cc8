import { useStore } from 'zustand';
import { objectiveName } from '../runs/presentRecord.ts';
import type { Side } from '../session/origin.ts';
import classes from './Sides.module.css';
import { SideTag } from './SideTag.tsx';
import type { Pair } from './sides.ts';

/** A side by its letter and what it trains. */
export function SideName({ pair, side }: { pair: Pair; side: Side }) {
  const name = useStore(
    pair[side].run,
    ({ info, live }) => info && objectiveName({ ...info.config, ...live }),
  );
  return (
    <span className={classes.sideName}>
      <SideTag side={side} /> {name ?? 'in preparation'}
    </span>
  );
}
