import { SegmentedControl } from '@mantine/core';
import { useStore } from 'zustand';
import { objectiveName } from '../runs/presentRecord.ts';
import type { Side } from '../session/origin.ts';
import { sideNames } from './pair.ts';
import classes from './Sides.module.css';
import { SideTag } from './SideTag.tsx';
import type { Pair } from './sides.ts';

interface SideSwitchProps {
  readonly pair: Pair;
  readonly shown: Side;
  readonly onShow: (side: Side) => void;
}

/** Where there is room for one side only: says which is shown, and leads to the other, as a swipe does. */
export function SideSwitch({ pair, shown, onShow }: SideSwitchProps) {
  return (
    <div className={classes.switch}>
      <SegmentedControl
        fullWidth
        styles={{ label: { padding: '5px 4px', whiteSpace: 'normal' } }}
        aria-label="Side shown"
        value={shown}
        onChange={(value) => {
          const side = sideNames.find((name) => name === value);
          if (side) onShow(side);
        }}
        data={sideNames.map((side) => ({ value: side, label: <SideName pair={pair} side={side} /> }))}
      />
    </div>
  );
}

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
