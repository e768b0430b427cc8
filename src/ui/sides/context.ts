import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { AppError } from '../../errors.ts';
import type { Pair, Sides, SidesState } from './sides.ts';

export const SidesContext = createContext<Sides | null>(null);

export function useSides(): Sides {
  const sides = useContext(SidesContext);
  if (!sides) throw new AppError('MissingSidesError');
  return sides;
}

/** The two sides; null while there is one run only. */
export function usePair(): Pair | null {
  const { A, B } = useSidesState((state) => state);
  return useMemo(() => B && { A, B }, [A, B]);
}

/** A part of which sessions there are. */
export function useSidesState<Part>(select: (state: SidesState) => Part): Part {
  return useStore(useSides().state, select);
}
