import { useKeptRuns } from '../runs/context.ts';
import type { Side } from '../session/origin.ts';
import { useSides } from './context.ts';
import type { Pair } from './sides.ts';
import { discardUnkept } from './unkept.ts';

export const otherSide: Readonly<Record<Side, Side>> = { A: 'B', B: 'A' };

/** How one side goes on alone; asked first where the other one's run would be lost. */
export function useGoOnAlone(pair: Pair): (side: Side) => void {
  const sides = useSides();
  const { shelf } = useKeptRuns();
  return (side) =>
    discardUnkept(
      [pair[otherSide[side]]],
      shelf,
      `Continue with ${side} only`,
      () => void sides.close(pair[side]),
    );
}
