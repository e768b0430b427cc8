import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { AppError } from '../../errors.ts';
import type { Exhibition, ExhibitionState } from './exhibition.ts';

export const ExhibitionContext = createContext<Exhibition | null>(null);

export function useExhibition(): Exhibition {
  const exhibition = useContext(ExhibitionContext);
  if (!exhibition) throw new AppError('MissingExhibitionError');
  return exhibition;
}

export function useExhibit<Part>(select: (state: ExhibitionState) => Part): Part {
  return useStore(useExhibition().state, select);
}
