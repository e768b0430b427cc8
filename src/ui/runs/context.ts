import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { AppError } from '../../errors.ts';
import type { RunKeeper } from './keeper.ts';
import type { RunShelf, ShelfState } from './shelf.ts';

export interface KeptRuns {
  readonly shelf: RunShelf;
  readonly keeper: RunKeeper;
}

export const KeptRunsContext = createContext<KeptRuns | null>(null);

export function useKeptRuns(): KeptRuns {
  const runs = useContext(KeptRunsContext);
  if (!runs) throw new AppError('MissingRunsError', 'The page was drawn without its kept runs.');
  return runs;
}

export function useShelf<Part>(select: (state: ShelfState) => Part): Part {
  return useStore(useKeptRuns().shelf.state, select);
}
