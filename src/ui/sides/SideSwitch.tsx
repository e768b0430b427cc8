import { SegmentedControl } from '@mantine/core';
import type { Side } from '../session/origin.ts';
import { sideNames } from './pair.ts';
import { SideName } from './SideName.tsx';
import classes from './Sides.module.css';
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
