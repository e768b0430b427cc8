import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { AppError } from '../../errors.ts';
import type { OwnImages, OwnImagesState } from './ownImages.ts';

export const OwnImagesContext = createContext<OwnImages | null>(null);

export function useOwnImages(): OwnImages {
  const images = useContext(OwnImagesContext);
  if (!images) throw new AppError('MissingOwnImagesError');
  return images;
}

export function useOwnImagesState<Part>(select: (state: OwnImagesState) => Part): Part {
  return useStore(useOwnImages().state, select);
}
