import { Segments } from '../controls/Segments.tsx';
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
      <Segments
        fullWidth
        wraps
        label="Side shown"
        value={shown}
        onChange={onShow}
        options={sideNames.map((side) => ({ value: side, label: <SideName pair={pair} side={side} /> }))}
      />
    </div>
  );
}
