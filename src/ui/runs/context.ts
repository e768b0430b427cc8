import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { AppError } from '../../errors.ts';
import type { KeptRuns } from './keepRuns.ts';
import type { ShelfState } from './shelf.ts';

export const KeptRunsContext = createContext<KeptRuns | null>(null);

export function useKeptRuns(): KeptRuns {
  const runs = useContext(KeptRunsContext);
  if (!runs) throw new AppError('MissingRunsError');
  return runs;
}

export function useShelf<Part>(select: (state: ShelfState) => Part): Part {
  return useStore(useKeptRuns().shelf.state, select);
}
